/* Runs a command and says what it took.

     cc -O2 measure.c -o measure
     measure REPORT COMMAND [ARGUMENT...]

   Writes one line to REPORT: wall seconds, user and system seconds, peak resident KiB, the share of the machine's
   processors that other programs took meanwhile (0 to 1), and the exit status. Output and complaints of the command are
   thrown away.

   It is a program of its own since a child's peak starts at its parent's size: one started by a large parent, such as
   an interpreter, would be said to have had that. */
#include <fcntl.h>
#include <stdio.h>
#include <sys/resource.h>
#include <sys/wait.h>
#include <time.h>
#include <unistd.h>

static double now(void) {
  struct timespec time;
  clock_gettime(CLOCK_MONOTONIC, &time);
  return (double)time.tv_sec + (double)time.tv_nsec / 1e9;
}

static double seconds(struct timeval time) { return (double)time.tv_sec + (double)time.tv_usec / 1e6; }

/* Seconds that all processors have worked since the machine started: user, nice, system, interrupts and stolen. */
static double worked(void) {
  unsigned long long user = 0, nice = 0, system = 0, idle = 0, wait = 0, irq = 0, soft = 0, steal = 0;
  FILE *file = fopen("/proc/stat", "r");
  if (!file) return 0;
  if (fscanf(file, "cpu %llu %llu %llu %llu %llu %llu %llu %llu", &user, &nice, &system, &idle, &wait, &irq, &soft,
             &steal) != 8)
    user = 0;
  fclose(file);
  return (double)(user + nice + system + irq + soft + steal) / (double)sysconf(_SC_CLK_TCK);
}

int main(int argc, char **argv) {
  if (argc < 3) return fprintf(stderr, "usage: measure REPORT COMMAND [ARGUMENT...]\n"), 2;
  double workedBefore = worked(), start = now();
  pid_t child = fork();
  if (child < 0) return perror("fork"), 1;
  if (child == 0) {
    int null = open("/dev/null", O_RDWR);
    if (null >= 0) dup2(null, 0), dup2(null, 1), dup2(null, 2);
    execvp(argv[2], argv + 2);
    _exit(127);
  }
  int status;
  struct rusage usage;
  if (wait4(child, &status, 0, &usage) != child) return perror("wait4"), 1;
  double wall = now() - start, user = seconds(usage.ru_utime), system = seconds(usage.ru_stime);
  double others = (worked() - workedBefore - user - system) / (wall * (double)sysconf(_SC_NPROCESSORS_ONLN));
  others = others < 0 ? 0 : others > 1 ? 1 : others; /* the system's clock ticks in hundredths of a second */
  FILE *report = fopen(argv[1], "w");
  if (!report) return perror(argv[1]), 1;
  fprintf(report, "%.6f %.6f %.6f %ld %.3f %d\n", wall, user, system, usage.ru_maxrss, others,
          WIFEXITED(status) ? WEXITSTATUS(status) : 128 + WTERMSIG(status));
  return fclose(report) != 0;
}
