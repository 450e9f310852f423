/** What the worlds are made of. */

/** Country codes that are English words too, and some that are not. */
export const codes = "US IT IS BE AT ME DO IN TO AS MY AN SO NO DE PE FR GB".split(" ")

export const people = [
  ["customers", "customer"],
  ["patients", "patient"],
  ["members", "member"],
  ["clients", "client"]
] as const

export const things = [
  ["products", "product"],
  ["courses", "course"],
  ["plans", "plan"],
  ["vehicles", "vehicle"]
] as const

export const events = [
  ["orders", "order"],
  ["invoices", "invoice"],
  ["rentals", "rental"],
  ["appointments", "appointment"],
  ["subscriptions", "subscription"]
] as const

export const groups = [
  ["brands", "brand"],
  ["suppliers", "supplier"]
] as const

export const statuses = [
  ["pending", "shipped", "cancelled"],
  ["open", "closed", "cancelled"],
  ["live", "expired", "pending"]
] as const

export const first = "Maria John Aiko Lars Fatima Olu Emma Pierre Nina Carlos Greta Ravi".split(" ")
export const last = "Lopez Smith Tanaka Nielsen Zahra Adebayo Brown Dubois Petrova Diaz".split(" ")
export const adjectives = "Ember Nomad Glacier Summit Pulse Quantum Crystal Velvet".split(" ")
export const nouns = "Stove Tent Bottle Wand Band Lamp Kettle Drone".split(" ")
export const makers = ["Northpeak", "Lumenco", "Woolly Works", "Hydra Labs", "Firefox Gear"]
export const categories = ["Audio", "Garden", "Kitchen", "Travel", "Office"]
export const regions = ["Lowlands", "Baltics", "Midwest"]
