import java.io.ByteArrayInputStream;
import java.io.FileInputStream;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.HttpURLConnection;
import java.net.InetSocketAddress;
import java.net.Proxy;
import java.net.Socket;
import java.net.URI;
import java.net.URL;
import java.security.KeyStore;
import java.security.cert.Certificate;
import java.security.cert.CertificateFactory;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import javax.net.ssl.HttpsURLConnection;
import javax.net.ssl.KeyManager;
import javax.net.ssl.KeyManagerFactory;
import javax.net.ssl.SNIHostName;
import javax.net.ssl.SNIMatcher;
import javax.net.ssl.SNIServerName;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLParameters;
import javax.net.ssl.SSLServerSocket;
import javax.net.ssl.SSLSocket;
import javax.net.ssl.TrustManager;
import javax.net.ssl.TrustManagerFactory;

/**
 * A Java TLS peer. The mode is the first argument: url (HttpsURLConnection), socket (SSLSocket), http (HttpClient), or
 * serve. Properties below lab. say the rest: ca (PEM), p12, protocols, suites, alpn, sni, need (client certificate).
 */
public final class TLSPeer {
  public static void main(String[] arguments) {
    try {
      switch (arguments[0]) {
        case "url": url(new URL(arguments[1])); break;
        case "http": http(URI.create(arguments[1])); break;
        case "socket": socket(arguments[1], Integer.parseInt(arguments[2])); break;
        default: serve(arguments[1], Integer.parseInt(arguments[2]));
      }
    } catch (Exception error) {
      System.out.println("ERR " + error);
      System.exit(1);
    }
  }

  private static void url(URL url) throws Exception {
    String via = option("proxy");
    Proxy proxy = via == null ? Proxy.NO_PROXY
        : new Proxy(Proxy.Type.HTTP, new InetSocketAddress(via.split(":")[0], Integer.parseInt(via.split(":")[1])));
    HttpsURLConnection.setDefaultSSLSocketFactory(context().getSocketFactory());
    HttpURLConnection connection = (HttpURLConnection) url.openConnection(proxy);
    connection.setConnectTimeout(4000);
    connection.setReadTimeout(4000);
    System.out.println("OK " + connection.getResponseCode());
  }

  /** Java 11's HttpClient by reflection-free code: it needs no newer class library than 11's. */
  private static void http(URI uri) throws Exception {
    java.net.http.HttpClient client = java.net.http.HttpClient.newBuilder().sslContext(context())
        .connectTimeout(Duration.ofSeconds(4)).build();
    java.net.http.HttpRequest request = java.net.http.HttpRequest.newBuilder(uri).timeout(Duration.ofSeconds(6)).build();
    System.out.println("OK " + client.send(request, java.net.http.HttpResponse.BodyHandlers.ofString()).statusCode());
  }

  private static void socket(String host, int port) throws Exception {
    Socket plain = new Socket();
    plain.connect(new InetSocketAddress(host, port), 4000);
    plain.setSoTimeout(5000);
    SSLSocket socket = (SSLSocket) context().getSocketFactory().createSocket(plain, host, port, true);
    SSLParameters parameters = socket.getSSLParameters();
    apply(parameters);
    if (option("noverify") == null) {
      parameters.setEndpointIdentificationAlgorithm("HTTPS");
    }
    socket.setSSLParameters(parameters);
    socket.startHandshake();
    OutputStream output = socket.getOutputStream();
    output.write(("GET / HTTP/1.0\r\nHost: " + host + "\r\n\r\n").getBytes());
    output.flush();
    int first = socket.getInputStream().read();
    System.out.println("OK " + socket.getSession().getProtocol() + " " + first);
    socket.close();
  }

  private static void serve(String host, int port) throws Exception {
    SSLServerSocket listener =
        (SSLServerSocket) context().getServerSocketFactory().createServerSocket();
    SSLParameters parameters = listener.getSSLParameters();
    apply(parameters);
    parameters.setNeedClientAuth(option("need") != null);
    if (option("match") != null) {
      List<SNIMatcher> matchers = new ArrayList<>();
      matchers.add(SNIHostName.createSNIMatcher(option("match")));
      parameters.setSNIMatchers(matchers);
    }
    listener.setSSLParameters(parameters);
    listener.bind(new InetSocketAddress(host, port));
    byte[] answer = "HTTP/1.1 200 OK\r\nContent-Length: 3\r\nConnection: close\r\n\r\nhi\n".getBytes();
    while (true) {
      Socket socket = listener.accept();
      new Thread(() -> {
        try (Socket open = socket) {
          open.setSoTimeout(6000);
          open.getInputStream().read(new byte[4096]);
          open.getOutputStream().write(answer);
        } catch (Exception error) {
          System.out.println("server: " + error);
        }
      }).start();
    }
  }

  private static void apply(SSLParameters parameters) {
    if (option("protocols") != null) parameters.setProtocols(option("protocols").split(","));
    if (option("suites") != null) parameters.setCipherSuites(option("suites").split(","));
    if (option("alpn") != null) parameters.setApplicationProtocols(option("alpn").split(","));
    if (option("sni") != null) {
      List<SNIServerName> names = option("sni").isEmpty()
          ? Collections.emptyList() : Collections.singletonList(new SNIHostName(option("sni")));
      parameters.setServerNames(names);
    }
  }

  private static SSLContext context() throws Exception {
    SSLContext context = SSLContext.getInstance("TLS");
    KeyManager[] keys = null;
    TrustManager[] trust = null;
    if (option("p12") != null) {
      KeyStore store = KeyStore.getInstance("PKCS12");
      try (InputStream input = new FileInputStream(option("p12"))) {
        store.load(input, "changeit".toCharArray());
      }
      KeyManagerFactory factory = KeyManagerFactory.getInstance("PKIX");
      factory.init(store, "changeit".toCharArray());
      keys = factory.getKeyManagers();
    }
    if (option("ca") != null) {
      KeyStore store = KeyStore.getInstance(KeyStore.getDefaultType());
      store.load(null, null);
      byte[] pem = java.nio.file.Files.readAllBytes(java.nio.file.Paths.get(option("ca")));
      for (Certificate item : CertificateFactory.getInstance("X.509").generateCertificates(new ByteArrayInputStream(pem))) {
        store.setCertificateEntry("ca" + store.size(), item);
      }
      TrustManagerFactory factory = TrustManagerFactory.getInstance("PKIX");
      factory.init(store);
      trust = factory.getTrustManagers();
    }
    context.init(keys, trust, null);
    return context;
  }

  private static String option(String name) {
    return System.getProperty("lab." + name);
  }
}
