// A Node TLS server; one JSON argument with tls.createServer's options and port, certFile, keyFile, caFile.
"use strict";
const fs = require("fs");
const tls = require("tls");

const options = JSON.parse(process.argv[2]);
options.cert = fs.readFileSync(options.certFile);
options.key = fs.readFileSync(options.keyFile);
options.ca = fs.readFileSync(options.caFile);
const server = tls.createServer(options, (socket) => {
  socket.on("error", (error) => console.log("socket:", error.message));
  socket.once("data", () => socket.end("HTTP/1.1 200 OK\r\nContent-Length: 3\r\nConnection: close\r\n\r\nhi\n"));
});
server.on("tlsClientError", (error) => console.log("server:", error.code, error.message));
server.listen(options.port);
