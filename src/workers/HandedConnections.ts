/**
 * Connections that a worker was handed and has not taken when it is killed. Node closes one only after the worker has
 * answered (lib/internal/cluster/round_robin_handle.js), so that whoever waits on it would wait for ever.
 *
 * This module is a boundary to what `node:cluster` says to its workers. To a Node that says it in other words it does
 * nothing.
 */
import type { Worker } from "node:cluster"
import * as Predicate from "effect/Predicate"

/** Closes those of this worker when it ends. */
export const closeWith = ({ process }: Worker): void => {
  const handed = new Map<unknown, () => unknown>()
  const { send } = process
  Object.assign(process, {
    send: (...said: ReadonlyArray<unknown>) => {
      const [message, handle] = said
      const isConnection = Predicate.hasProperty(message, "act") && message.act === "newconn"
      if (isConnection && Predicate.hasProperty(message, "seq") && isClosable(handle)) {
        handed.set(message.seq, () => handle.close())
      }
      return Reflect.apply(send, process, said)
    }
  })
  process.on("internalMessage", (message: unknown) => {
    if (Predicate.hasProperty(message, "ack")) handed.delete(message.ack)
  })
  process.on("exit", () => {
    for (const close of handed.values()) close()
    handed.clear()
  })
}

const isClosable = (handle: unknown): handle is { readonly close: () => unknown } =>
  Predicate.hasProperty(handle, "close") && Predicate.isFunction(handle.close)
