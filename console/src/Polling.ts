/** Asks the server again and again, while a view is shown. */
import { useEffect } from "preact/hooks"
import { connection } from "./Client.ts"
import { useStore } from "./Store.ts"

/**
 * Looks at once, and `period` milliseconds after each look has ended; anew when the server is found again. Nobody is asked
 * while the server is gone or locked, or while nobody sees the page.
 */
export const usePolling = (period: number, look: (signal: AbortSignal) => Promise<void>): void => {
  const { epoch, state } = useStore(connection)
  useEffect(() => {
    if (state !== "open") return
    const stop = new AbortController()
    let timer: ReturnType<typeof setTimeout> | undefined
    const loop = (): void => {
      const looked = document.hidden ? Promise.resolve() : look(stop.signal)
      void looked.then(() => {
        if (!stop.signal.aborted) timer = setTimeout(loop, period)
      })
    }
    loop()
    return () => {
      stop.abort()
      clearTimeout(timer)
    }
  }, [epoch, state])
}
