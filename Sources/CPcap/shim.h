#include <pcap/pcap.h>

#ifdef __linux__
#include <linux/capability.h>
#include <sys/eventfd.h>

// In glibc, but declared by no header of it.
int capset(cap_user_header_t header, const cap_user_data_t data);
#endif
