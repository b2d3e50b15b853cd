// A Go TLS peer over crypto/tls: `-mode client` sends a request and prints "OK version" or "ERR reason"; `-mode server`
// answers every request. The flags are those of main.
package main

import (
	"crypto/tls"
	"crypto/x509"
	"errors"
	"flag"
	"fmt"
	"net"
	"os"
	"strings"
	"time"
)

var (
	mode     = flag.String("mode", "client", "client or server")
	address  = flag.String("address", "", "host:port")
	ca       = flag.String("ca", "", "PEM file of trusted CAs")
	cert     = flag.String("cert", "", "PEM chain")
	key      = flag.String("key", "", "PEM key")
	min      = flag.String("min", "", "lowest version: 1.0 to 1.3")
	max      = flag.String("max", "", "highest version")
	suites   = flag.String("suites", "", "names of cipher suites up to TLS 1.2, with commas")
	curves   = flag.String("curves", "", "P256, P384, P521, X25519, with commas")
	alpn     = flag.String("alpn", "", "application protocols, with commas")
	sni      = flag.String("sni", "", "server name to send; - for none")
	keylog   = flag.String("keylog", "", "file for secrets")
	clients  = flag.String("clients", "", "server: require, or verify client certificates")
	names    = flag.String("names", "", "server: the only server names it knows, with commas")
	plain    = flag.Bool("close", false, "client: close right after the handshake")
	broken   = flag.Bool("broken", false, "server: fail inside, with internal_error, for clients that offer TLS 1.3")
	pin      = flag.Bool("pin", false, "client: refuse every certificate, as pinning does with one that it does not know")
	tickets  = flag.Bool("tickets", true, "server: session tickets")
	repeat   = flag.Int("repeat", 1, "client: how many connections, one after the other, sharing sessions")
	pause    = flag.Duration("pause", 0, "client: wait before the handshake; server: before accepting it")
	versions = map[string]uint16{"1.0": tls.VersionTLS10, "1.1": tls.VersionTLS11, "1.2": tls.VersionTLS12, "1.3": tls.VersionTLS13}
	groups   = map[string]tls.CurveID{"P256": tls.CurveP256, "P384": tls.CurveP384, "P521": tls.CurveP521, "X25519": tls.X25519}
)

func main() {
	flag.Parse()
	config, err := configuration()
	if err == nil && *mode == "server" {
		err = serve(config)
	}
	for round := 0; err == nil && round < *repeat; round++ {
		err = connect(config)
	}
	if err != nil {
		fmt.Println("ERR", err)
		os.Exit(1)
	}
}

func configuration() (*tls.Config, error) {
	config := &tls.Config{MinVersion: versions[*min], MaxVersion: versions[*max], SessionTicketsDisabled: !*tickets}
	if *ca != "" {
		text, err := os.ReadFile(*ca)
		if err != nil {
			return nil, err
		}
		config.RootCAs = x509.NewCertPool()
		config.RootCAs.AppendCertsFromPEM(text)
		config.ClientCAs = config.RootCAs
	}
	if *cert != "" {
		pair, err := tls.LoadX509KeyPair(*cert, *key)
		if err != nil {
			return nil, err
		}
		config.Certificates = []tls.Certificate{pair}
	}
	for _, name := range split(*suites) {
		for _, suite := range append(tls.CipherSuites(), tls.InsecureCipherSuites()...) {
			if suite.Name == name {
				config.CipherSuites = append(config.CipherSuites, suite.ID)
			}
		}
	}
	for _, name := range split(*curves) {
		config.CurvePreferences = append(config.CurvePreferences, groups[name])
	}
	config.NextProtos = split(*alpn)
	if *pin {
		config.VerifyPeerCertificate = func([][]byte, [][]*x509.Certificate) error {
			return errors.New("the certificate is not the pinned one")
		}
	}
	if *keylog != "" {
		file, err := os.OpenFile(*keylog, os.O_APPEND|os.O_CREATE|os.O_WRONLY, 0o600)
		if err != nil {
			return nil, err
		}
		config.KeyLogWriter = file
	}
	return config, nil
}

func split(text string) []string {
	if text == "" {
		return nil
	}
	return strings.Split(text, ",")
}

func connect(config *tls.Config) error {
	if config.ClientSessionCache == nil {
		config.ClientSessionCache = tls.NewLRUClientSessionCache(4)
	}
	raw, err := net.DialTimeout("tcp", *address, 4*time.Second)
	if err != nil {
		return err
	}
	defer raw.Close()
	time.Sleep(*pause)
	raw.SetDeadline(time.Now().Add(6 * time.Second))
	host, _, _ := net.SplitHostPort(*address)
	config.ServerName = host
	if *sni == "-" {
		config.ServerName = ""
		config.InsecureSkipVerify = true
	} else if *sni != "" {
		config.ServerName = *sni
	}
	session := tls.Client(raw, config)
	if err := session.Handshake(); err != nil {
		return err
	}
	if *plain {
		fmt.Println("OK closed")
		return session.Close()
	}
	if _, err := fmt.Fprintf(session, "GET / HTTP/1.0\r\nHost: %s\r\n\r\n", host); err != nil {
		return err
	}
	answer := make([]byte, 2048)
	count, err := session.Read(answer)
	if err != nil && count == 0 {
		return err
	}
	fmt.Printf("OK %x resumed=%v\n", session.ConnectionState().Version, session.ConnectionState().DidResume)
	return session.Close()
}

func serve(config *tls.Config) error {
	if *clients == "require" {
		config.ClientAuth = tls.RequireAnyClientCert
	} else if *clients == "verify" {
		config.ClientAuth = tls.RequireAndVerifyClientCert
	}
	if known := split(*names); known != nil {
		pair := config.Certificates[0]
		config.Certificates = nil
		config.GetCertificate = func(hello *tls.ClientHelloInfo) (*tls.Certificate, error) {
			for _, name := range known {
				if name == hello.ServerName {
					return &pair, nil
				}
			}
			return nil, errors.New("no certificate for " + hello.ServerName)
		}
	}
	if *broken {
		config.GetConfigForClient = func(hello *tls.ClientHelloInfo) (*tls.Config, error) {
			if hello.SupportedVersions[0] > tls.VersionTLS12 {
				return nil, errors.New("the session store is not there")
			}
			return nil, nil
		}
	}
	listener, err := net.Listen("tcp", *address)
	if err != nil {
		return err
	}
	for {
		raw, err := listener.Accept()
		if err != nil {
			return err
		}
		go answer(tls.Server(raw, config))
	}
}

func answer(session *tls.Conn) {
	defer session.Close()
	time.Sleep(*pause)
	session.SetDeadline(time.Now().Add(8 * time.Second))
	if err := session.Handshake(); err != nil {
		fmt.Println("server:", err)
		return
	}
	session.Read(make([]byte, 4096))
	session.Write([]byte("HTTP/1.1 200 OK\r\nContent-Length: 3\r\nConnection: close\r\n\r\nhi\n"))
}
