/** The contents of the demo servers' resources, in the shapes that such servers publish. */
import type * as Schema from "effect/Schema"
import { channels, customers, orderStatuses, products } from "./DemoData.ts"

/** `product_aliases`: each product under its key, with the words people use for it. */
export const productAliases: Schema.Json = Object.fromEntries(
  products.map((product) => [
    product.key,
    {
      canonical_id: `product-${product.id}`,
      canonical_name: product.name,
      aliases: product.aliases,
      database_references: { "products.id": product.id },
      categories: [product.category]
    }
  ])
)

const revenue = "SUM(order_items.quantity * order_items.unit_price)"

/** `column_mappings`: the users' words for SQL expressions. */
const mappingGroups = {
  user_friendly_terms: {
    revenue,
    sales: revenue,
    turnover: revenue,
    "order value": "orders.total_amount",
    "units sold": "order_items.quantity",
    quantity: "order_items.quantity",
    price: "products.unit_price",
    product: "products.name",
    category: "products.category",
    customer: "customers.name",
    client: "customers.name",
    "sales channel": "orders.channel"
  },
  aggregation_terms: {
    total: "SUM({column})",
    average: "AVG({column})",
    highest: "MAX({column})",
    lowest: "MIN({column})",
    "number of orders": "COUNT(DISTINCT orders.id)",
    "average order value": "AVG(orders.total_amount)",
    "active customers": "COUNT(DISTINCT orders.customer_id)"
  },
  // Written for PostgreSQL where a real team would have written them so: a client has to translate them.
  date_terms: {
    "this month": "DATE_TRUNC('month', {date_column}) = DATE_TRUNC('month', CURRENT_DATE)",
    "last month": "DATE_TRUNC('month', {date_column}) = DATE_TRUNC('month', CURRENT_DATE - INTERVAL '1 month')",
    "this year": "EXTRACT(YEAR FROM {date_column}) = EXTRACT(YEAR FROM CURRENT_DATE)",
    "holiday season": "CAST(strftime('%m', {date_column}) AS INTEGER) IN (11, 12)"
  }
} as const

export const columnMappings: Schema.Json = mappingGroups

const categories = [...new Set(products.map((product) => product.category))]

/** `metadata_summary`: what this server knows, for people and models. */
export const metadataSummary: Schema.Json = {
  description: "Names and terms of a shop for computers, audio and office equipment",
  products: products.length,
  categories: Object.fromEntries(
    categories.map((category) => [category, products.filter((product) => product.category === category).length])
  ),
  column_mappings: Object.fromEntries(
    Object.entries(mappingGroups).map(([group, terms]) => [group, Object.keys(terms).length])
  )
}

const distinct = (values: ReadonlyArray<string>): string => `Possible values: ${[...new Set(values)].join(", ")}`

/** `database://metadata`: the schema, with the relationships that the database declares. */
export const databaseMetadata: Schema.Json = {
  dialect: "sqlite",
  tables: {
    customers: {
      description: "Who buys",
      columns: [
        column("id", "INTEGER", "Customer number", true),
        column("name", "TEXT", "Name of the person or company"),
        column("city", "TEXT", distinct(customers.map((customer) => customer.city))),
        column("country", "TEXT", distinct(customers.map((customer) => customer.country))),
        column("segment", "TEXT", distinct(customers.map((customer) => customer.segment)))
      ]
    },
    products: {
      description: "What is sold",
      columns: [
        column("id", "INTEGER", "Product number", true),
        column("name", "TEXT", "Name on the price list"),
        column("category", "TEXT", distinct(categories)),
        column("unit_price", "REAL", "Today's list price in EUR")
      ]
    },
    orders: {
      description: "One row an order",
      columns: [
        column("id", "INTEGER", "Order number", true),
        column("customer_id", "INTEGER", "Who ordered"),
        column("order_date", "TEXT", "Day of the order, YYYY-MM-DD"),
        column("status", "TEXT", distinct(orderStatuses)),
        column("channel", "TEXT", distinct(channels)),
        column("total_amount", "REAL", "Sum of the order's items in EUR")
      ]
    },
    order_items: {
      description: "One row a product in an order",
      columns: [
        column("id", "INTEGER", "Item number", true),
        column("order_id", "INTEGER", "The order it belongs to"),
        column("product_id", "INTEGER", "The product that was bought"),
        column("quantity", "INTEGER", "Pieces"),
        column("unit_price", "REAL", "Price a piece in EUR, as sold")
      ]
    }
  },
  relationships: [
    { from: "orders.customer_id", to: "customers.id" },
    { from: "order_items.order_id", to: "orders.id" },
    { from: "order_items.product_id", to: "products.id" }
  ]
}

function column(name: string, type: string, description: string, primaryKey = false): Schema.Json {
  return { name, type, primary_key: primaryKey, description }
}

/** What a database knows of its products by itself: it competes with `productAliases`, and loses by priority. */
export const productList: Schema.Json = products.map(({ category, id, name }) => ({ id, name, category }))
