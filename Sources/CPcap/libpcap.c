// libpcap's functions, each handed on to the library, which is loaded when it is first asked for: most runs only read
// files. They need neither have it installed nor wait for it, which brings eight libraries along.
#include "CPcap.h"

#include <dlfcn.h>
#include <pthread.h>
#include <stddef.h>

#define FUNCTIONS(EACH)                                                                                                \
  EACH(pcap_activate) EACH(pcap_close) EACH(pcap_compile) EACH(pcap_create) EACH(pcap_datalink) EACH(pcap_fileno)      \
  EACH(pcap_findalldevs) EACH(pcap_freealldevs) EACH(pcap_freecode) EACH(pcap_get_selectable_fd)                       \
  EACH(pcap_get_tstamp_precision) EACH(pcap_geterr) EACH(pcap_next_ex) EACH(pcap_offline_filter)                       \
  EACH(pcap_open_dead) EACH(pcap_set_buffer_size) EACH(pcap_set_datalink) EACH(pcap_set_promisc)                       \
  EACH(pcap_set_snaplen) EACH(pcap_set_timeout) EACH(pcap_set_tstamp_precision) EACH(pcap_setfilter)                   \
  EACH(pcap_setnonblock) EACH(pcap_snapshot) EACH(pcap_stats) EACH(pcap_statustostr)

#define POINTER(name) __typeof__(&name) name;
static struct {
  FUNCTIONS(POINTER)
} library;

static bool is_complete = false;
static pthread_once_t once = PTHREAD_ONCE_INIT;

static void load(void) {
  // As Debian and its relatives name it, as other Linux systems do, and as macOS does.
  static const char *const names[] = {"libpcap.so.0.8", "libpcap.so.1", "libpcap.A.dylib"};
  void *handle = NULL;
  for (size_t index = 0; handle == NULL && index < sizeof names / sizeof *names; index++) {
    handle = dlopen(names[index], RTLD_NOW | RTLD_LOCAL);
  }
  if (handle == NULL) return;
  is_complete = true;
#define RESOLVE(name)                                                                                                  \
  library.name = (__typeof__(&name))dlsym(handle, #name);                                                              \
  if (library.name == NULL) is_complete = false;
  FUNCTIONS(RESOLVE)
}

bool libpcap_is_available(void) {
  pthread_once(&once, load);
  return is_complete;
}

pcap_t *pcap_create(const char *device, char *message) { return library.pcap_create(device, message); }
pcap_t *pcap_open_dead(int link_type, int snap_length) { return library.pcap_open_dead(link_type, snap_length); }
int pcap_set_snaplen(pcap_t *handle, int bytes) { return library.pcap_set_snaplen(handle, bytes); }
int pcap_set_promisc(pcap_t *handle, int is_wanted) { return library.pcap_set_promisc(handle, is_wanted); }
int pcap_set_timeout(pcap_t *handle, int milliseconds) { return library.pcap_set_timeout(handle, milliseconds); }
int pcap_set_buffer_size(pcap_t *handle, int bytes) { return library.pcap_set_buffer_size(handle, bytes); }
int pcap_set_tstamp_precision(pcap_t *handle, int unit) { return library.pcap_set_tstamp_precision(handle, unit); }
int pcap_activate(pcap_t *handle) { return library.pcap_activate(handle); }
int pcap_set_datalink(pcap_t *handle, int link_type) { return library.pcap_set_datalink(handle, link_type); }
int pcap_setnonblock(pcap_t *handle, int is_wanted, char *message) {
  return library.pcap_setnonblock(handle, is_wanted, message);
}
int pcap_setfilter(pcap_t *handle, struct bpf_program *program) { return library.pcap_setfilter(handle, program); }
void pcap_close(pcap_t *handle) { library.pcap_close(handle); }

int pcap_datalink(pcap_t *handle) { return library.pcap_datalink(handle); }
int pcap_snapshot(pcap_t *handle) { return library.pcap_snapshot(handle); }
int pcap_get_tstamp_precision(pcap_t *handle) { return library.pcap_get_tstamp_precision(handle); }
int pcap_fileno(pcap_t *handle) { return library.pcap_fileno(handle); }
int pcap_get_selectable_fd(pcap_t *handle) { return library.pcap_get_selectable_fd(handle); }
int pcap_next_ex(pcap_t *handle, struct pcap_pkthdr **header, const u_char **bytes) {
  return library.pcap_next_ex(handle, header, bytes);
}
int pcap_stats(pcap_t *handle, struct pcap_stat *statistics) { return library.pcap_stats(handle, statistics); }
char *pcap_geterr(pcap_t *handle) { return library.pcap_geterr(handle); }
const char *pcap_statustostr(int status) { return library.pcap_statustostr(status); }

int pcap_compile(pcap_t *handle, struct bpf_program *program, const char *text, int optimize, bpf_u_int32 netmask) {
  return library.pcap_compile(handle, program, text, optimize, netmask);
}
int pcap_offline_filter(const struct bpf_program *program, const struct pcap_pkthdr *header, const u_char *bytes) {
  return library.pcap_offline_filter(program, header, bytes);
}
void pcap_freecode(struct bpf_program *program) { library.pcap_freecode(program); }

int pcap_findalldevs(pcap_if_t **first, char *message) { return library.pcap_findalldevs(first, message); }
void pcap_freealldevs(pcap_if_t *first) { library.pcap_freealldevs(first); }
