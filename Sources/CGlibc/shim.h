#ifdef __linux__
#include <malloc.h>
#include <sched.h>

// <sched.h> has these for programs with _GNU_SOURCE alone, and Swift imports it without.
extern int sched_getaffinity(__pid_t, size_t, cpu_set_t *);
extern int sched_setaffinity(__pid_t, size_t, const cpu_set_t *);
#endif
