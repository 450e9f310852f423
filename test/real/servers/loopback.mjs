/** For servers that cannot be told where to listen: `node --import` this, and they listen on the loopback alone. */
import { Server } from "node:net"

const { listen } = Server.prototype

Server.prototype.listen = function (port, ...rest) {
  return Number.isInteger(Number(port)) && typeof rest[0] !== "string"
    ? listen.call(this, port, "127.0.0.1", ...rest)
    : listen.call(this, port, ...rest)
}
