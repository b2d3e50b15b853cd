#include <pcap/pcap.h>
#include <stdbool.h>

// Whether libpcap is installed, in a version that has all that is asked of it. Nothing else of it may be called before
// this was true once.
bool libpcap_is_available(void);

#ifdef __linux__
#include <linux/capability.h>
#include <sys/eventfd.h>
#include <sys/fsuid.h>
#include <sys/prctl.h>
#include <sys/syscall.h>
#include <unistd.h>

// In glibc, but declared by no header of it.
int capset(cap_user_header_t header, const cap_user_data_t data);

// Swift calls no function with variable arguments: orphaned descendants come back to this process from here on.
static inline int become_subreaper(void) { return prctl(PR_SET_CHILD_SUBREAPER, 1, 0, 0, 0); }

// No program that this thread starts gains anything by set-user-ID bits or file capabilities.
static inline int forbid_new_privileges(void) { return prctl(PR_SET_NO_NEW_PRIVS, 1, 0, 0, 0); }

// No program that this thread starts can gain this capability.
static inline int drop_from_bounding_set(int capability) { return prctl(PR_CAPBSET_DROP, capability, 0, 0, 0); }

// Whether capabilities stay permitted where root becomes another user.
static inline int keep_capabilities(bool keep) { return prctl(PR_SET_KEEPCAPS, keep, 0, 0, 0); }

// The groups of this thread alone: glibc's setgroups changes those of every thread.
static inline long set_thread_groups(size_t count, const gid_t *groups) {
  return syscall(SYS_setgroups, count, groups);
}
#endif
