/* An mbedTLS client: mbed-client HOST PORT CA SNI; prints "OK version" or "ERR reason". */
#include <mbedtls/ctr_drbg.h>
#include <mbedtls/entropy.h>
#include <mbedtls/error.h>
#include <mbedtls/net_sockets.h>
#include <mbedtls/ssl.h>
#include <stdio.h>
#include <string.h>

static int fail(const char *what, int code) {
  char text[160];
  mbedtls_strerror(code, text, sizeof text);
  printf("ERR %s: %s\n", what, text);
  return 1;
}

int main(int count, char **arguments) {
  static const unsigned char request[] = "GET / HTTP/1.0\r\n\r\n";
  unsigned char answer[2048];
  mbedtls_net_context net;
  mbedtls_ssl_context tls;
  mbedtls_ssl_config config;
  mbedtls_x509_crt ca;
  mbedtls_entropy_context entropy;
  mbedtls_ctr_drbg_context random;
  int code;
  if (count < 5) return 2;
  mbedtls_net_init(&net);
  mbedtls_ssl_init(&tls);
  mbedtls_ssl_config_init(&config);
  mbedtls_x509_crt_init(&ca);
  mbedtls_entropy_init(&entropy);
  mbedtls_ctr_drbg_init(&random);
  mbedtls_ctr_drbg_seed(&random, mbedtls_entropy_func, &entropy, NULL, 0);
  if ((code = mbedtls_x509_crt_parse_file(&ca, arguments[3]))) return fail("ca", code);
  if ((code = mbedtls_net_connect(&net, arguments[1], arguments[2], MBEDTLS_NET_PROTO_TCP))) return fail("connect", code);
  mbedtls_ssl_config_defaults(&config, MBEDTLS_SSL_IS_CLIENT, MBEDTLS_SSL_TRANSPORT_STREAM, MBEDTLS_SSL_PRESET_DEFAULT);
  mbedtls_ssl_conf_authmode(&config, MBEDTLS_SSL_VERIFY_REQUIRED);
  mbedtls_ssl_conf_ca_chain(&config, &ca, NULL);
  mbedtls_ssl_conf_rng(&config, mbedtls_ctr_drbg_random, &random);
  mbedtls_ssl_conf_read_timeout(&config, 5000);
  mbedtls_ssl_setup(&tls, &config);
  mbedtls_ssl_set_hostname(&tls, arguments[4]);
  mbedtls_ssl_set_bio(&tls, &net, mbedtls_net_send, mbedtls_net_recv, mbedtls_net_recv_timeout);
  if ((code = mbedtls_ssl_handshake(&tls))) return fail("handshake", code);
  if ((code = mbedtls_ssl_write(&tls, request, sizeof request - 1)) < 0) return fail("write", code);
  if ((code = mbedtls_ssl_read(&tls, answer, sizeof answer)) < 0) return fail("read", code);
  printf("OK %s\n", mbedtls_ssl_get_version(&tls));
  mbedtls_ssl_close_notify(&tls);
  mbedtls_net_free(&net);
  return 0;
}
