/**
 * What the demo shop sells, and to whom. The orders are in `DemoOrders`.
 *
 * Prices are multiples of a quarter, so that sums of them are exact in binary floating point.
 */

export interface Product {
  readonly id: number
  /** The key under which the metadata server publishes it. */
  readonly key: string
  readonly name: string
  readonly category: string
  readonly price: number
  /** What people call it. */
  readonly aliases: ReadonlyArray<string>
}

export interface Customer {
  readonly id: number
  readonly name: string
  readonly city: string
  readonly country: string
  readonly segment: string
}

export const products: ReadonlyArray<Product> = [
  product(1, "aerobuds_pro", "AeroBuds Pro", "Audio", 149, ["aerobuds", "aero buds", "wireless earbuds"]),
  product(2, "aerobuds_lite", "AeroBuds Lite", "Audio", 79.5, ["lite buds", "budget earbuds"]),
  product(3, "studio_headphones_300", "Studio Headphones 300", "Audio", 229.75, ["studio 300", "over-ear headphones"]),
  product(4, "boombox_mini", "BoomBox Mini", "Audio", 59.25, ["mini speaker", "bluetooth speaker"]),
  product(5, "featherbook_14", "FeatherBook 14", "Computers", 1149, ["featherbook", "14 inch laptop", "thin laptop"]),
  product(6, "workstation_x", "WorkStation X", "Computers", 1899.5, ["desktop workstation", "wsx"]),
  product(7, "slate_tablet_11", "Slate Tablet 11", "Computers", 489, ["slate", "slate 11"]),
  product(8, "pulse_watch", "Pulse Watch", "Wearables", 199, ["smart watch", "pulse"]),
  product(9, "pulse_band", "Pulse Band", "Wearables", 69.75, ["fitness band", "activity tracker"]),
  product(10, "standing_desk", "Standing Desk", "Home Office", 549, ["sit-stand desk", "height-adjustable desk"]),
  product(11, "ergo_chair", "Ergo Chair", "Home Office", 379.25, ["ergonomic chair", "office chair"]),
  product(12, "monitor_27", "Vista Monitor 27", "Home Office", 329, ["27 inch monitor", "vista 27"]),
  product(13, "usb_c_hub", "USB-C Hub", "Accessories", 45.5, ["usb hub", "type-c hub", "docking hub"]),
  product(14, "mechanical_keyboard", "Mechanical Keyboard", "Accessories", 119, ["clicky keyboard", "mech keyboard"]),
  product(15, "silent_mouse", "Silent Mouse", "Accessories", 29.75, ["quiet mouse", "wireless mouse"]),
  product(16, "travel_charger", "Travel Charger", "Accessories", 34.25, ["usb charger", "wall charger"])
]

export const customers: ReadonlyArray<Customer> = [
  customer(1, "Alder & Finch", "Berlin", "Germany", "Small business"),
  customer(2, "Brightwater Clinic", "London", "United Kingdom", "Enterprise"),
  customer(3, "Carla Mendes", "Lisbon", "Portugal", "Consumer"),
  customer(4, "Dovetail Studio", "Paris", "France", "Small business"),
  customer(5, "Emil Sørensen", "Copenhagen", "Denmark", "Consumer"),
  customer(6, "Foxglove Schools", "Dublin", "Ireland", "Enterprise"),
  customer(7, "Greta Lindqvist", "Stockholm", "Sweden", "Consumer"),
  customer(8, "Harbour Logistics", "Hamburg", "Germany", "Enterprise"),
  customer(9, "Ines O'Brien", "Dublin", "Ireland", "Consumer"),
  customer(10, "Juniper Architects", "Munich", "Germany", "Small business"),
  customer(11, "Kestrel Energy", "London", "United Kingdom", "Enterprise"),
  customer(12, "Lucas Moreau", "Lyon", "France", "Consumer"),
  customer(13, "Marigold Bakery", "Vienna", "Austria", "Small business"),
  customer(14, "Nora Keller", "Vienna", "Austria", "Consumer"),
  customer(15, "Oakline Furniture", "Porto", "Portugal", "Small business"),
  customer(16, "Petra Novak", "Berlin", "Germany", "Consumer"),
  customer(17, "Quillmark Press", "Paris", "France", "Enterprise"),
  customer(18, "Rowan Hughes", "Manchester", "United Kingdom", "Consumer"),
  customer(19, "Saltbox Hotels", "Copenhagen", "Denmark", "Enterprise"),
  customer(20, "Tilda Bergman", "Stockholm", "Sweden", "Consumer")
]

export const orderStatuses = ["completed", "pending", "cancelled"] as const
export const channels = ["web", "store", "phone"] as const

function product(
  id: number,
  key: string,
  name: string,
  category: string,
  price: number,
  aliases: ReadonlyArray<string>
): Product {
  return { id, key, name, category, price, aliases }
}

function customer(id: number, name: string, city: string, country: string, segment: string): Customer {
  return { id, name, city, country, segment }
}
