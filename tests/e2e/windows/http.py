"""polc.exe asks servers of its own: http.py EMULATOR POLC WORK

A plain and a TLS server on this machine answer by path and keep every byte that they are sent. The policy asks both of them,
with and without the two halves of the consent, and once more by way of a snapshot.
"""
import json
import pathlib
import shutil
import socket
import ssl
import subprocess
import sys
import threading
import time

emulator, polc, work = sys.argv[1], sys.argv[2], pathlib.Path(sys.argv[3])
shutil.rmtree(work, ignore_errors=True)
(work / ".git").mkdir(parents=True)  # the root of a repository


def answer(connection, path):
    """What the server says; it closes afterwards."""
    if path == "/ok":
        connection.sendall(b"HTTP/1.1 200 OK\r\nContent-Length: 2\r\n\r\nok")
    elif path == "/aspnet_client":
        connection.sendall(b"HTTP/1.1 404 Not Found\r\nServer: Microsoft-HTTPAPI/2.0\r\nContent-Length: 0\r\n\r\n")
    elif path == "/redirect":
        connection.sendall(b"HTTP/1.1 301 Moved Permanently\r\nLocation: /redirect\r\n\r\n")
    elif path == "/cut":
        connection.sendall(b"HTTP/1.1 200 OK\r\nServer: x\r\n")
    elif path == "/garbage":
        connection.sendall(b"220 mail.example ESMTP\r\n")
    elif path == "/slow":
        for _ in range(60):  # one byte at a time, beyond every patience
            connection.sendall(b"HTTP/1.1 200 OK\r\nX: ".ljust(80, b"x")[_ : _ + 1])
            time.sleep(0.5)
    elif path == "/flood":
        connection.sendall(b"HTTP/1.1 200 OK\r\n")
        while True:
            connection.sendall(b"x" * 65536)


class Server:
    """Listens on a port of its own, on every IPv4 address of the machine."""

    def __init__(self, tls=None):
        self.requests, self.tls = [], tls
        self.socket = socket.create_server(("0.0.0.0", 0))
        self.port = self.socket.getsockname()[1]
        threading.Thread(target=self.run, daemon=True).start()

    def run(self):
        while True:
            connection, _ = self.socket.accept()
            threading.Thread(target=self.serve, args=(connection,), daemon=True).start()

    def serve(self, connection):
        try:
            with self.tls.wrap_socket(connection, server_side=True) if self.tls else connection as stream:
                request = b""
                while b"\r\n\r\n" not in request:
                    piece = stream.recv(4096)
                    if not piece:
                        return
                    request += piece
                    if not request[:1].isalpha():
                        return  # TLS, or no request at all
                self.requests.append(request)
                answer(stream, request.split(b" ")[1].decode())
        except OSError:
            pass  # the client has closed, or did not believe the certificate


def certificate():
    subprocess.run(
        "openssl req -x509 -newkey rsa:2048 -nodes -keyout key.pem -out cert.pem -days 2 -subj /CN=localhost".split(),
        cwd=work, check=True, capture_output=True)
    context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
    context.load_cert_chain(work / "cert.pem", work / "key.pem")
    return context


def own_address():
    """An address of this machine that is not loopback, or None. Nothing is sent."""
    with socket.socket(socket.AF_INET, socket.SOCK_DGRAM) as probe:
        try:
            probe.connect(("192.0.2.1", 9))
        except OSError:
            return None
        address = probe.getsockname()[0]
    return None if address.startswith("127.") else address


def run(code, *arguments):
    """Output and errors of polc; its exit code must be this."""
    done = subprocess.run([emulator, polc, *arguments], cwd=work, capture_output=True, text=True)
    text = done.stdout + done.stderr
    assert done.returncode == code, f"{arguments}: exit code {done.returncode}, not {code}\n{text}"
    return " ".join(text.split())


def verdicts(code, *arguments):
    run(code, "check", *arguments, "--report", "json=report.json", "--quiet")
    report = json.loads((work / "report.json").read_text())
    return {control["id"]: control["verdict"] for control in report["runs"][0]["controls"]}


plain, secure = Server(), Server(certificate())
with socket.create_server(("127.0.0.1", 0)) as closed:
    refused = closed.getsockname()[1]

expected = {}
controls = []


def control(name, verdict, condition):
    expected[name] = verdict
    controls.append(f'control "{name}" "{name}" {{ require {condition} }}')


http, https = f"http://localhost:{plain.port}", f"https://localhost:{secure.port}"
guide = f'http("{https}/aspnet_client", host: "", version: "1.0")'
control("STATUS", "pass", f'http("{http}/ok").status == 200')
control("GET", "fail", f'http("{http}/ok", host: "other", method: "GET").status == 404')
control("EACH", "pass", f'all u in ["{http}/ok", "{https}/ok"]: http(u).status == 200')
control("SERVER", "fail", f"{guide}.headers['server'] is absent")
control("POWERED-BY", "pass", f"{guide}.headers['X-Powered-By'] is absent")
control("REDIRECT", "pass", f'http("{http}/redirect").headers[\'Location\'] == "/redirect"')
control("CUT", "unknown", f'http("{http}/cut").status == 200')
control("GARBAGE", "unknown", f'http("{http}/garbage").status == 200')
control("FLOOD", "unknown", f'http("{http}/flood").status == 200')
control("REFUSED", "unknown", f'http("http://localhost:{refused}/").status == 200')
control("NO-TLS", "unknown", f'http("https://localhost:{plain.port}/ok").status == 200')
control("NOT-HTTP", "unknown", f'http("http://localhost:{secure.port}/ok").status == 200')
address = own_address()
if address:
    control("CERTIFICATE", "unknown", f'http("https://{address}:{secure.port}/ok").status == 200')
else:
    print("no address but loopback: the distrust of a foreign certificate is not tested")

header = 'policy "http" "Live HTTP" {{ version "1.0.0" {} }}\n'
(work / "asks.pol").write_text(header.format("allow_network true") + "\n".join(controls))
(work / "silent.pol").write_text(header.format("") + "\n".join(controls))
slow = f'control "SLOW" "SLOW" {{ require http("{http}/slow").status == 200 }}'
(work / "slow.pol").write_text(header.format("allow_network true") + slow)
nothing = dict.fromkeys(expected, "unknown")

# One half of the consent is none, and the words say which one is missing.
assert verdicts(2, "asks.pol", "--target", "live") == nothing
assert "--allow-network was not given" in run(0, "explain", "STATUS", "asks.pol", "--target", "live")
assert verdicts(2, "silent.pol", "--target", "live", "--allow-network") == nothing
text = run(0, "explain", "STATUS", "silent.pol", "--target", "live", "--allow-network")
assert "the policy does not say `allow_network true`" in text, text
text = run(0, "plan", "asks.pol", "--target", "live")
assert f"0 of {len(expected)} controls can be decided" in text and "--allow-network was not given" in text, text
text = run(0, "plan", "asks.pol", "--target", "live", "--allow-network")
assert f"{len(expected)} of {len(expected)} controls can be decided" in text, text
run(0, "collect", "--target", "live", "--policy", "asks.pol", "-o", "denied.yaml")
assert verdicts(2, "asks.pol", "--target", "denied.yaml", "--allow-network") == nothing
assert "--allow-network was not given" in run(0, "explain", "STATUS", "asks.pol", "--target", "denied.yaml")
(work / "polc.yaml").write_text("allow_network: true\n")
run(64, "check", "asks.pol", "--target", "live")
(work / "polc.yaml").unlink()
assert plain.requests == [] and secure.requests == [], "something was sent without consent"

assert verdicts(1, "asks.pol", "--target", "live", "--allow-network") == expected
host = f"Host: localhost:{plain.port}\r\n".encode()
assert sorted(plain.requests) == sorted(
    [b"GET /ok HTTP/1.1\r\nHost: other\r\nConnection: close\r\n\r\n"]
    + [b"HEAD /%s HTTP/1.1\r\n" % path + host + b"Connection: close\r\n\r\n"
       for path in (b"ok", b"redirect", b"cut", b"garbage", b"flood")]), plain.requests
assert sorted(secure.requests) == sorted([
    b"HEAD /aspnet_client HTTP/1.0\r\nHost:\r\n\r\n",
    b"HEAD /ok HTTP/1.1\r\nHost: localhost:%d\r\nConnection: close\r\n\r\n" % secure.port]), secure.requests

text = run(0, "explain", "SERVER", "asks.pol", "--target", "live", "--allow-network")
assert f"answered by 127.0.0.1 port {secure.port}, TLS 1." in text, text
assert "certificate not verified (loopback)" in text, text
for name, words in {
    "CUT": "closed the connection in the middle of the answer's head",
    "GARBAGE": "does not speak HTTP/1",
    "FLOOD": "head is longer than 65536 bytes",
    "REFUSED": f"127.0.0.1 port {refused} was refused: nobody listens there",
    "CERTIFICATE": "is not believed",
}.items():
    if name in expected:
        text = run(0, "explain", name, "asks.pol", "--target", "live", "--allow-network")
        assert words in text, text

# What was collected gives the same verdicts, and asks nobody.
run(0, "collect", "--target", "live", "--allow-network", "--policy", "asks.pol", "-o", "host.yaml")
sent = len(plain.requests), len(secure.requests)
assert verdicts(1, "asks.pol", "--target", "host.yaml", "--allow-network") == expected
assert sent == (len(plain.requests), len(secure.requests)), "a snapshot sent something"

begun = time.monotonic()
text = run(0, "explain", "SLOW", "slow.pol", "--target", "live", "--allow-network")
assert f"the answer of 127.0.0.1 port {plain.port} took too long" in text, text
assert 9 < time.monotonic() - begun < 30, "a request has 10 seconds"
