#ifdef __linux__
#include <malloc.h>
#include <sched.h>
#include <sys/resource.h>

// The system's headers have these for programs with _GNU_SOURCE alone, and Swift imports it without.
extern int sched_getaffinity(__pid_t, size_t, cpu_set_t *);
extern int pipe2(int[2], int);
extern int prlimit(__pid_t, int, const struct rlimit *, struct rlimit *);
#endif
