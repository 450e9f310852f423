/** The names of metrics by Prometheus' rules; `docs/telemetry.md` lists them. */
export { prometheusName } from "./PrometheusNames.ts"
