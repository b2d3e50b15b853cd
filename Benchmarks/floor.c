/* What it costs to read a .pcap and touch every packet, and nothing else: what an analyzer is measured against.

     cc -O2 floor.c -o floor -lpcap
     floor FILE       through libpcap
     floor -b FILE    an own walk over record headers, read through a buffer of 256 KiB
     floor -m FILE    the same walk over a memory map

   -b and -m take .pcap in this machine's byte order. Prints packets, captured bytes and a sum that keeps the compiler
   from leaving the reading out; all three ways print the same. */
#include <fcntl.h>
#include <pcap.h>
#include <stdint.h>
#include <stdio.h>
#include <string.h>
#include <sys/mman.h>
#include <sys/stat.h>
#include <unistd.h>

enum { FILE_HEADER = 24, RECORD_HEADER = 16, BUFFER = 1 << 18 };

static unsigned long packets, bytes, sum;

static void touch(const unsigned char *packet, uint32_t length) {
  packets++;
  bytes += length;
  if (length > 30) sum += packet[23] + packet[30];
}

static void each(u_char *user, const struct pcap_pkthdr *header, const u_char *packet) {
  (void)user;
  touch(packet, header->caplen);
}

/* Touches each whole record and returns how many bytes they took. */
static size_t walk(const unsigned char *data, size_t count) {
  size_t at = 0;
  while (count - at >= RECORD_HEADER) {
    uint32_t length;
    memcpy(&length, data + at + 8, sizeof length);
    if (length > count - at - RECORD_HEADER) break;
    touch(data + at + RECORD_HEADER, length);
    at += RECORD_HEADER + length;
  }
  return at;
}

static int library(const char *path) {
  char problem[PCAP_ERRBUF_SIZE];
  pcap_t *capture = pcap_open_offline(path, problem);
  if (!capture) return fprintf(stderr, "%s\n", problem), 1;
  int status = pcap_loop(capture, -1, each, NULL);
  pcap_close(capture);
  return status != 0;
}

static int buffered(int file) {
  static unsigned char buffer[BUFFER];
  size_t kept = 0;
  if (read(file, buffer, FILE_HEADER) != FILE_HEADER) return 1;
  for (;;) {
    ssize_t got = read(file, buffer + kept, sizeof buffer - kept);
    if (got < 0) return perror("read"), 1;
    if (got == 0) return kept != 0;
    kept += (size_t)got;
    size_t used = walk(buffer, kept);
    memmove(buffer, buffer + used, kept - used);
    kept -= used;
    if (kept == sizeof buffer) return fprintf(stderr, "a record larger than the buffer\n"), 1;
  }
}

static int mapped(int file) {
  struct stat status;
  if (fstat(file, &status) != 0) return perror("fstat"), 1;
  size_t size = (size_t)status.st_size;
  if (size < FILE_HEADER) return 1;
  const unsigned char *data = mmap(NULL, size, PROT_READ, MAP_PRIVATE, file, 0);
  if (data == MAP_FAILED) return perror("mmap"), 1;
  madvise((void *)data, size, MADV_SEQUENTIAL);
  return walk(data + FILE_HEADER, size - FILE_HEADER) != size - FILE_HEADER;
}

int main(int argc, char **argv) {
  int failed;
  if (argc == 2 && argv[1][0] != '-') {
    failed = library(argv[1]);
  } else if (argc == 3 && (!strcmp(argv[1], "-b") || !strcmp(argv[1], "-m"))) {
    int file = open(argv[2], O_RDONLY);
    if (file < 0) return perror(argv[2]), 1;
    failed = argv[1][1] == 'm' ? mapped(file) : buffered(file);
  } else {
    fprintf(stderr, "usage: floor [-b | -m] FILE\n");
    return 2;
  }
  printf("%lu packets %lu bytes %lu\n", packets, bytes, sum);
  return failed;
}
