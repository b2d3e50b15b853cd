#include <pcap/pcap.h>
#include <stdbool.h>

// Whether libpcap is installed, in a version that has all that is asked of it. Nothing else of it may be called before
// this was true once.
bool libpcap_is_available(void);

#ifdef __linux__
#include <linux/capability.h>
#include <sys/eventfd.h>
#include <sys/prctl.h>

// In glibc, but declared by no header of it.
int capset(cap_user_header_t header, const cap_user_data_t data);

// Swift calls no function with variable arguments: orphaned descendants come back to this process from here on.
static inline int become_subreaper(void) { return prctl(PR_SET_CHILD_SUBREAPER, 1, 0, 0, 0); }
#endif
