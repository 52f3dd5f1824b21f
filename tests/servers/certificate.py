"""A self-made certificate for loopback."""

import ssl
import subprocess
from pathlib import Path


class Certificate:
    """Made with the openssl command in the given directory. Valid for localhost and 127.0.0.1, for a day."""

    def __init__(self, directory: Path) -> None:
        self.path = directory / "certificate.pem"
        self._key = directory / "key.pem"
        subprocess.run(self._command(), check=True, capture_output=True)

    def for_server(self) -> ssl.SSLContext:
        context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
        context.load_cert_chain(self.path, self._key)
        return context

    def for_client(self) -> ssl.SSLContext:
        """A context that trusts this certificate and no other."""
        return ssl.create_default_context(cafile=self.path)

    def _command(self) -> list[str | Path]:
        options = "-x509 -newkey ec -pkeyopt ec_paramgen_curve:prime256v1 -noenc -days 1 -subj /CN=localhost"
        names = "subjectAltName=DNS:localhost,IP:127.0.0.1"
        return ["openssl", "req", *options.split(), "-addext", names, "-out", self.path, "-keyout", self._key]
