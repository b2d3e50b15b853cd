/* A BearSSL client: bear-client HOST PORT SNI; it trusts nobody, so it says hello and then ERR. */
#include <bearssl.h>
#include <netdb.h>
#include <stdio.h>
#include <sys/socket.h>
#include <unistd.h>

static int receive(void *context, unsigned char *buffer, size_t length) {
  ssize_t got = read(*(int *)context, buffer, length);
  return got > 0 ? (int)got : -1;
}

static int transmit(void *context, const unsigned char *buffer, size_t length) {
  ssize_t sent = write(*(int *)context, buffer, length);
  return sent > 0 ? (int)sent : -1;
}

int main(int count, char **arguments) {
  static unsigned char buffer[BR_SSL_BUFSIZE_BIDI];
  struct addrinfo hints = {.ai_socktype = SOCK_STREAM}, *list;
  br_ssl_client_context client;
  br_x509_minimal_context certificates;
  br_sslio_context stream;
  if (count < 4 || getaddrinfo(arguments[1], arguments[2], &hints, &list)) return 2;
  int descriptor = socket(list->ai_family, list->ai_socktype, 0);
  if (connect(descriptor, list->ai_addr, list->ai_addrlen)) return puts("ERR connect"), 1;
  br_ssl_client_init_full(&client, &certificates, NULL, 0);
  br_ssl_engine_set_buffer(&client.eng, buffer, sizeof buffer, 1);
  br_ssl_client_reset(&client, arguments[3], 0);
  br_sslio_init(&stream, &client.eng, receive, &descriptor, transmit, &descriptor);
  br_sslio_write_all(&stream, "GET / HTTP/1.0\r\n\r\n", 18);
  br_sslio_flush(&stream);
  char answer[100];
  int got = br_sslio_read(&stream, answer, sizeof answer);
  if (got < 0) return printf("ERR %d\n", br_ssl_engine_last_error(&client.eng)), 1;
  return puts("OK"), 0;
}
