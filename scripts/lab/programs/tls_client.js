// A Node TLS client; one JSON argument with tls.connect's options and caFile, certFile, keyFile. Prints OK or ERR.
"use strict";
const fs = require("fs");
const tls = require("tls");

const options = JSON.parse(process.argv[2]);
for (const key of ["ca", "cert", "key"]) {
  if (options[key + "File"]) options[key] = fs.readFileSync(options[key + "File"]);
}
if (options.servername === undefined) options.servername = options.host;

function finish(text, code) {
  console.log(text);
  process.exit(code);
}

const socket = tls.connect(options, () => socket.write("GET / HTTP/1.0\r\n\r\n"));
if (options.keylogFile) socket.on("keylog", (line) => fs.appendFileSync(options.keylogFile, line));
socket.once("data", (data) => finish(`OK ${socket.getProtocol()} ${data.length}`, 0));
socket.on("error", (error) => finish(`ERR ${error.code || ""} ${error.message}`, 1));
socket.on("end", () => finish("ERR the server ended the connection", 1));
socket.setTimeout(6000, () => finish("ERR timeout", 1));
