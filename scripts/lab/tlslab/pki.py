"""A private PKI: a root, an intermediate and as many leaves as the scenarios ask for, each described by a `Leaf`."""

import datetime
import ipaddress
import pathlib
import subprocess
import threading
from dataclasses import dataclass

from cryptography import x509
from cryptography.hazmat.primitives import hashes, serialization
from cryptography.hazmat.primitives.asymmetric import ec, ed25519, rsa
from cryptography.hazmat.primitives.serialization import pkcs12
from cryptography.x509 import ocsp
from cryptography.x509.oid import ExtendedKeyUsageOID, NameOID

PASSWORD = "changeit"
USAGES = {
    "server": ExtendedKeyUsageOID.SERVER_AUTH,
    "client": ExtendedKeyUsageOID.CLIENT_AUTH,
    "code": ExtendedKeyUsageOID.CODE_SIGNING,
    "email": ExtendedKeyUsageOID.EMAIL_PROTECTION,
}


@dataclass(frozen=True)
class Leaf:
    """What one end-entity certificate says. `issuer`: intermediate, root, stranger or self; `chain`: full, none or wrong."""

    names: tuple = ()
    key: str = "ec256"
    issuer: str = "intermediate"
    chain: str = "full"
    starts: int = -10
    ends: int = 365
    usages: tuple = ("server", "client")
    digest: str = "sha256"
    authority: bool = False
    common_name: str = ""
    serial: int = 0
    padding: int = 0


@dataclass(frozen=True)
class Files:
    """Where a certificate's files lie."""

    chain: pathlib.Path
    key: pathlib.Path
    leaf: pathlib.Path
    bundle: pathlib.Path
    pkcs12: pathlib.Path


def new_key(kind):
    if kind.startswith("rsa"):
        return rsa.generate_private_key(public_exponent=65537, key_size=int(kind[3:]))
    if kind == "ed25519":
        return ed25519.Ed25519PrivateKey.generate()
    return ec.generate_private_key({"ec256": ec.SECP256R1, "ec384": ec.SECP384R1, "ec521": ec.SECP521R1}[kind]())


def subject(common_name):
    return x509.Name([x509.NameAttribute(NameOID.ORGANIZATION_NAME, "Example"),
                      x509.NameAttribute(NameOID.COMMON_NAME, common_name)])


def pem(certificate):
    return certificate.public_bytes(serialization.Encoding.PEM)


class PKI:
    """Makes certificates on demand below one directory and remembers them by their description."""

    def __init__(self, directory):
        self.directory = pathlib.Path(directory)
        self.directory.mkdir(parents=True, exist_ok=True)
        self.lock = threading.RLock()
        self.made = {}
        self.root = self._authority("Lab Root CA", None)
        self.intermediate = self._authority("Lab Issuing CA 2", self.root)
        self.stranger = self._authority("Somebody Else's CA", None)
        self.ca = self._store("ca.pem", self.root)
        self.both = self._store("both.pem", self.root, self.intermediate)
        self.other_ca = self._store("other-ca.pem", self.stranger)

    def files(self, leaf):
        """The files of the certificate that `leaf` describes, made when first asked for."""
        with self.lock:
            if leaf not in self.made:
                self.made[leaf] = self._issue(leaf, f"leaf{len(self.made):03d}")
            return self.made[leaf]

    def revocation_list(self, *revoked):
        """A PEM file with the CRLs of the root and the intermediate; the latter revokes the given leaves."""
        with self.lock:
            path = self.directory / f"crl{len(revoked)}-{abs(hash(revoked)) % 10000}.pem"
            lists = [self._crl(self.root, []), self._crl(self.intermediate, [
                x509.load_pem_x509_certificate(self.files(leaf).leaf.read_bytes()).serial_number for leaf in revoked])]
            path.write_bytes(b"".join(item.public_bytes(serialization.Encoding.PEM) for item in lists))
            return path

    def ocsp_response(self, leaf):
        """A DER file with an OCSP response of the intermediate; serials from 8600 on are revoked."""
        certificate = x509.load_pem_x509_certificate(self.files(leaf).leaf.read_bytes())
        now = datetime.datetime.now(datetime.timezone.utc)
        revoked = certificate.serial_number >= 8600
        builder = ocsp.OCSPResponseBuilder().add_response(
            cert=certificate, issuer=self.intermediate[0], algorithm=hashes.SHA1(),
            cert_status=ocsp.OCSPCertStatus.REVOKED if revoked else ocsp.OCSPCertStatus.GOOD,
            this_update=now - datetime.timedelta(hours=1), next_update=now + datetime.timedelta(days=3),
            revocation_time=now - datetime.timedelta(days=2) if revoked else None,
            revocation_reason=x509.ReasonFlags.key_compromise if revoked else None)
        builder = builder.responder_id(ocsp.OCSPResponderEncoding.NAME, self.intermediate[0])
        builder = builder.certificates([self.intermediate[0]])
        path = self.directory / f"ocsp{certificate.serial_number}.der"
        path.write_bytes(builder.sign(self.intermediate[1], hashes.SHA256()).public_bytes(serialization.Encoding.DER))
        return path

    def _crl(self, issuer, serials):
        now = datetime.datetime.now(datetime.timezone.utc)
        builder = x509.CertificateRevocationListBuilder().issuer_name(issuer[0].subject)
        builder = builder.last_update(now - datetime.timedelta(days=1)).next_update(now + datetime.timedelta(days=30))
        for serial in serials:
            entry = x509.RevokedCertificateBuilder().serial_number(serial)
            builder = builder.add_revoked_certificate(entry.revocation_date(now - datetime.timedelta(hours=5)).build())
        return builder.sign(issuer[1], hashes.SHA256())

    def _store(self, name, *authorities):
        path = self.directory / name
        path.write_bytes(b"".join(pem(certificate) for certificate, _ in authorities))
        return path

    def _authority(self, name, issuer):
        key = new_key("ec256")
        signer = issuer or (None, key)
        builder = self._builder(subject(name), signer[0].subject if issuer else subject(name), key, -100, 3650)
        builder = builder.add_extension(x509.BasicConstraints(ca=True, path_length=None), critical=True)
        builder = builder.add_extension(x509.KeyUsage(False, False, False, False, False, True, True, False, False), True)
        builder = self._key_ids(builder, key, signer[1])
        return builder.sign(signer[1], hashes.SHA256()), key

    def _builder(self, name, issuer, key, starts, ends, serial=0):
        now = datetime.datetime.now(datetime.timezone.utc)
        return (x509.CertificateBuilder().subject_name(name).issuer_name(issuer).public_key(key.public_key())
                .serial_number(serial or x509.random_serial_number())
                .not_valid_before(now + datetime.timedelta(days=starts))
                .not_valid_after(now + datetime.timedelta(days=ends)))

    def _key_ids(self, builder, key, issuer_key):
        builder = builder.add_extension(x509.SubjectKeyIdentifier.from_public_key(key.public_key()), False)
        return builder.add_extension(x509.AuthorityKeyIdentifier.from_issuer_public_key(issuer_key.public_key()), False)

    def _issue(self, leaf, stem):
        key = new_key(leaf.key)
        name = subject(leaf.common_name or (leaf.names[0] if leaf.names else "client"))
        issuer = {"intermediate": self.intermediate, "root": self.root, "stranger": self.stranger,
                  "self": (None, key)}[leaf.issuer]
        builder = self._builder(name, issuer[0].subject if issuer[0] else name, key, leaf.starts, leaf.ends, leaf.serial)
        builder = builder.add_extension(x509.BasicConstraints(ca=leaf.authority, path_length=None), critical=True)
        if leaf.names:
            padding = tuple(f"alias-{number:04d}.internal.example.org" for number in range(leaf.padding))
            names = [_general_name(text) for text in leaf.names + padding]
            builder = builder.add_extension(x509.SubjectAlternativeName(names), False)
        if leaf.usages:
            usages = x509.ExtendedKeyUsage([USAGES[usage] for usage in leaf.usages])
            builder = builder.add_extension(usages, False)
        builder = self._key_ids(builder, key, issuer[1])
        if leaf.digest == "sha1":
            return self._write(leaf, stem, self._sign_by_openssl(leaf, stem, key), key)
        digest = None if isinstance(issuer[1], ed25519.Ed25519PrivateKey) else getattr(hashes, leaf.digest.upper())()
        certificate = builder.sign(issuer[1], digest)
        return self._write(leaf, stem, certificate, key)

    def _sign_by_openssl(self, leaf, stem, key):
        """A certificate with a SHA-1 signature, which `cryptography` refuses to make."""
        paths = {name: self.directory / f"{stem}.{name}" for name in ("key", "ca", "cakey", "extensions")}
        for name, (certificate, private) in (("key", (None, key)), ("ca", self.intermediate)):
            paths["cakey" if certificate else name].write_bytes(private.private_bytes(
                serialization.Encoding.PEM, serialization.PrivateFormat.PKCS8, serialization.NoEncryption()))
        paths["ca"].write_bytes(pem(self.intermediate[0]))
        names = ",".join(f"DNS:{name}" for name in leaf.names)
        paths["extensions"].write_text(f"subjectAltName={names}\nextendedKeyUsage=serverAuth\n")
        request = subprocess.run(["openssl", "req", "-new", "-key", paths["key"], "-subj", f"/O=Example/CN={leaf.names[0]}"],
                                 check=True, stdout=subprocess.PIPE).stdout
        signed = subprocess.run(
            ["openssl", "x509", "-req", "-sha1", "-days", str(leaf.ends), "-CA", paths["ca"], "-CAkey", paths["cakey"],
             "-extfile", paths["extensions"]], input=request, check=True, stdout=subprocess.PIPE, stderr=subprocess.DEVNULL)
        return x509.load_pem_x509_certificate(signed.stdout)

    def _write(self, leaf, stem, certificate, key):
        base = self.directory / stem
        paths = Files(*(base.with_suffix(suffix) for suffix in (".chain.pem", ".key.pem", ".leaf.pem", ".all.pem", ".p12")))
        above = [self.intermediate] if leaf.issuer == "intermediate" else []
        if leaf.chain == "none":
            above = []
        elif leaf.chain == "wrong":
            above = [self.stranger]
        private = key.private_bytes(serialization.Encoding.PEM, serialization.PrivateFormat.PKCS8,
                                    serialization.NoEncryption())
        chain = pem(certificate) + b"".join(pem(item) for item, _ in above)
        paths.chain.write_bytes(chain)
        paths.key.write_bytes(private)
        paths.leaf.write_bytes(pem(certificate))
        paths.bundle.write_bytes(chain + private)
        paths.pkcs12.write_bytes(pkcs12.serialize_key_and_certificates(
            b"lab", key, certificate, [item for item, _ in above],
            serialization.BestAvailableEncryption(PASSWORD.encode())))
        return paths


def _general_name(text):
    try:
        return x509.IPAddress(ipaddress.ip_address(text))
    except ValueError:
        return x509.DNSName(text)
