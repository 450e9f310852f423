/** The names of metrics by Prometheus' rules; `docs/reference/metrics.md` lists them. */
export { prometheusName } from "./PrometheusNames.ts"
