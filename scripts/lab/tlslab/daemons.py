"""Daemons of Debian's that speak something else first: mail, files, databases, shells, directories, proxies."""

import shutil
import subprocess

from .program import Server


def sshd():
    """OpenSSH's server: says its banner at once."""
    def command(place):
        key = place.directory / "host_key"
        subprocess.run(["ssh-keygen", "-q", "-t", "ed25519", "-N", "", "-f", key], check=True)
        return ["bash", "-c", f"mkdir -p /run/sshd && exec /usr/sbin/sshd -D -e -f /dev/null -p {place.port} -h {key}"]
    return Server("OpenSSH 9.2", command)


def dovecot(protocol="imap", tls="yes"):
    """Dovecot for imap or pop3 with STARTTLS (STLS), or with `tls` "no" without."""
    def command(place):
        files = place.pki.files(place.leaf)
        text = (f"base_dir = {place.directory}/run\nstate_dir = {place.directory}/state\nlog_path = /dev/stderr\n"
                f"protocols = {protocol}\nssl = {tls}\nssl_cert = <{files.chain}\nssl_key = <{files.key}\n"
                f"disable_plaintext_auth = no\n"
                f"service {protocol}-login {{\n chroot =\n inet_listener {protocol} {{\n port = {place.port}\n }}\n"
                f" inet_listener {protocol}s {{\n port = 0\n }}\n}}\n"
                f"passdb {{\n driver = static\n args = nopassword=y\n}}\n"
                f"userdb {{\n driver = static\n args = uid=65534 gid=65534 home=/tmp\n}}\n")
        return ["bash", "-c", f"chmod 755 {place.directory} {place.directory.parent}; "
                              f"exec dovecot -F -c {place.write('dovecot.conf', text)}"]
    return Server("Dovecot 2.3", command)


def postgres(tls="on"):
    """PostgreSQL: TLS only after its own SSLRequest."""
    def command(place):
        files = place.pki.files(place.leaf)
        home = place.directory / "pg"
        shutil.copy(files.key, place.directory / "pg.key")
        shutil.copy(files.chain, place.directory / "pg.crt")
        binaries = "/usr/lib/postgresql/15/bin"
        script = (f"chmod 755 {place.directory} {place.directory.parent}; mkdir {home} && chmod 600 pg.key && "
                  f"chown postgres {home} pg.key pg.crt && cd {home} && "
                  f"setpriv --reuid=postgres --clear-groups {binaries}/initdb -N -A trust -D {home} >/dev/null && "
                  f"echo 'host all all all trust' >> {home}/pg_hba.conf && "
                  f"exec setpriv --reuid=postgres --clear-groups {binaries}/postgres -D {home} -p {place.port} -k {home} "
                  f"-c listen_addresses='*' -c ssl={tls} -c ssl_cert_file={place.directory}/pg.crt "
                  f"-c ssl_key_file={place.directory}/pg.key")
        return ["bash", "-c", script]
    return Server("PostgreSQL 15", command, settle=0.5)


def mariadb():
    """MariaDB: greets first; TLS only after its own SSLRequest."""
    def command(place):
        files = place.pki.files(place.leaf)
        home = place.directory / "my"
        script = (f"mkdir {home} && mysql_install_db --no-defaults --user=root --datadir={home} --skip-test-db "
                  f"--auth-root-authentication-method=normal >/dev/null 2>&1; exec mariadbd --no-defaults --user=root "
                  f"--datadir={home} --socket={home}/s --port={place.port} --bind-address=0.0.0.0 --skip-name-resolve "
                  f"--ssl-cert={files.chain} --ssl-key={files.key}")
        return ["bash", "-c", script]
    return Server("MariaDB 10.11", command, settle=0.5)


def vsftpd(tls="YES"):
    """vsftpd: TLS only after AUTH TLS."""
    def command(place):
        files = place.pki.files(place.leaf)
        text = (f"listen=YES\nlisten_port={place.port}\nbackground=NO\nanonymous_enable=YES\nssl_enable={tls}\n"
                f"rsa_cert_file={files.chain}\nrsa_private_key_file={files.key}\nsecure_chroot_dir=/var/empty\n"
                f"anon_root=/srv\nseccomp_sandbox=NO\nallow_anon_ssl=YES\n")
        return ["bash", "-c", f"mkdir -p /var/empty; exec vsftpd {place.write('vsftpd.conf', text)}"]
    return Server("vsftpd 3.0", command)


def slapd(tls=True):
    """OpenLDAP's server: TLS only after StartTLS."""
    def command(place):
        files = place.pki.files(place.leaf)
        keys = f"TLSCertificateFile {files.chain}\nTLSCertificateKeyFile {files.key}\n" if tls else ""
        text = (f"include /etc/ldap/schema/core.schema\npidfile {place.directory}/slapd.pid\n{keys}database ldif\n"
                f"suffix \"dc=test\"\ndirectory {place.directory}\n")
        return ["slapd", "-d", "256", "-f", place.write("slapd.conf", text), "-h", f"ldap://0.0.0.0:{place.port}/"]
    return Server("OpenLDAP 2.5 (GnuTLS)", command)


def squid(port, rules):
    """squid as an HTTP proxy on its own `port`, next to the server that the client wants."""
    def command(place):
        text = (f"http_port {port}\npid_filename none\ncache_log {place.directory}/squid.log\naccess_log none\n"
                f"cache deny all\nshutdown_lifetime 0 seconds\nlogfile_rotate 0\n{rules}\n")
        return ["bash", "-c", f"rm -f /dev/shm/squid-*; chmod 777 . ..; exec squid -N -f {place.write('squid.conf', text)}"]
    return Server("squid 5.7", command, listens=False, settle=2.0)
