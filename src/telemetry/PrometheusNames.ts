/** The metrics' names, and what Prometheus calls them: what `MetricNames` shows of it is public. */

const prometheusNames = new Map<string, string>()

/** `orchestrator.resource.bytes` → `orchestrator_resource_bytes_total`: for `PrometheusMetrics.format`. */
export const prometheusName = (name: string): string => prometheusNames.get(name) ?? name

/** Prometheus wants the unit in the name, and `_total` at the end of a counter. */
export const named = (name: string, suffix: string): string => {
  prometheusNames.set(name, `${name.replaceAll(".", "_")}${suffix}`)
  return name
}
