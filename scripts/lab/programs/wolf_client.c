/* A wolfSSL client: wolf-client HOST PORT CA SNI 12|13|any; prints "OK version" or "ERR reason". */
#include <netdb.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/socket.h>
#include <sys/time.h>
#include <unistd.h>
#include <wolfssl/options.h>
#include <wolfssl/ssl.h>

static int dial(const char *host, const char *port) {
  struct addrinfo hints = {.ai_socktype = SOCK_STREAM}, *list, *entry;
  struct timeval limit = {5, 0};
  int descriptor = -1;
  if (getaddrinfo(host, port, &hints, &list)) return -1;
  for (entry = list; entry && descriptor < 0; entry = entry->ai_next) {
    descriptor = socket(entry->ai_family, entry->ai_socktype, 0);
    if (connect(descriptor, entry->ai_addr, entry->ai_addrlen)) {
      close(descriptor);
      descriptor = -1;
    }
  }
  freeaddrinfo(list);
  if (descriptor >= 0) setsockopt(descriptor, SOL_SOCKET, SO_RCVTIMEO, &limit, sizeof limit);
  return descriptor;
}

int main(int count, char **arguments) {
  static const char request[] = "GET / HTTP/1.0\r\n\r\n";
  char answer[2048], text[120];
  if (count < 6) return 2;
  wolfSSL_Init();
  int any = !strcmp(arguments[5], "any"), new = !strcmp(arguments[5], "13");
  WOLFSSL_CTX *context = wolfSSL_CTX_new(
      any ? wolfSSLv23_client_method() : new ? wolfTLSv1_3_client_method() : wolfTLSv1_2_client_method());
  if (wolfSSL_CTX_load_verify_locations(context, arguments[3], NULL) != WOLFSSL_SUCCESS) return puts("ERR ca"), 1;
  wolfSSL_CTX_set_verify(context, WOLFSSL_VERIFY_PEER, NULL);
  int descriptor = dial(arguments[1], arguments[2]);
  if (descriptor < 0) return puts("ERR connect"), 1;
  WOLFSSL *session = wolfSSL_new(context);
  wolfSSL_set_fd(session, descriptor);
  wolfSSL_UseSNI(session, WOLFSSL_SNI_HOST_NAME, arguments[4], strlen(arguments[4]));
  wolfSSL_check_domain_name(session, arguments[4]);
  if (wolfSSL_connect(session) != WOLFSSL_SUCCESS) {
    int code = wolfSSL_get_error(session, 0);
    printf("ERR %d %s\n", code, wolfSSL_ERR_error_string(code, text));
    return 1;
  }
  wolfSSL_write(session, request, sizeof request - 1);
  int got = wolfSSL_read(session, answer, sizeof answer);
  if (got <= 0) {
    int code = wolfSSL_get_error(session, 0);
    printf("ERR read %d %s\n", code, wolfSSL_ERR_error_string(code, text));
    return 1;
  }
  printf("OK %s\n", wolfSSL_get_version(session));
  wolfSSL_shutdown(session);
  close(descriptor);
  return 0;
}
