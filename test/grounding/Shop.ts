/**
 * A shop as two servers of the project rajvermacas/talk-2-tables publish theirs: the keys are those of its database
 * metadata, product aliases and column mappings; the shop is made up.
 */
import { DatabaseSync } from "node:sqlite"

const column = (name: string, type: string, description: string, primary_key = false) => ({
  name,
  type,
  not_null: false,
  default_value: null,
  primary_key,
  description
})

export const schema = {
  server_name: "shop-db",
  database_path: "shop.db",
  description: "Sample shop database",
  business_use_cases: ["Sales tracking", "Inventory"],
  tables: {
    customers: {
      description: "Customer information",
      columns: [
        column("customer_id", "INTEGER", "Unique customer identifier", true),
        column("name", "TEXT", "Full name"),
        column("city", "TEXT", "City")
      ],
      sample_queries: ["SELECT * FROM customers LIMIT 10"]
    },
    products: {
      description: "Product catalog",
      columns: [
        column("product_id", "INTEGER", "Unique product identifier", true),
        column("name", "TEXT", "Product name"),
        column("category", "TEXT", "Product category"),
        column("price", "DECIMAL", "Product price")
      ]
    },
    orders: {
      description: "Customer orders",
      columns: [
        column("order_id", "INTEGER", "Unique order identifier", true),
        column("customer_id", "INTEGER", "Customer who placed the order"),
        column("order_date", "DATE", "Date the order was placed"),
        column("total_amount", "DECIMAL", "Total order amount"),
        column("status", "TEXT", "Order status (pending, shipped, delivered, cancelled)")
      ]
    },
    order_items: {
      description: "Items within orders",
      columns: [
        column("order_item_id", "INTEGER", "Identifier", true),
        column("order_id", "INTEGER", "Reference to the order"),
        column("product_id", "INTEGER", "Reference to the product"),
        column("quantity", "INTEGER", "Quantity ordered")
      ]
    }
  },
  relationships: [
    { from_table: "orders", from_column: "customer_id", to_table: "customers", to_column: "customer_id" },
    { from_table: "order_items", from_column: "order_id", to_table: "orders", to_column: "order_id" },
    { from_table: "order_items", from_column: "product_id", to_table: "products", to_column: "product_id" }
  ],
  last_updated: "2024-01-15T10:30:00Z"
}

export const aliases = {
  aliases: {
    gadget: {
      canonical_id: "PROD_12",
      canonical_name: "Gadget Z1",
      aliases: ["z1", "tech gadget"],
      database_references: { "products.name": "Gadget Z1", "products.product_id": 12 },
      categories: ["electronics"]
    },
    photon: {
      canonical_id: "PROD_14",
      canonical_name: "Photon Chip P5",
      aliases: ["p5", "photon chip"],
      database_references: { "products.name": "Photon Chip P5", "products.product_id": 14 },
      categories: ["electronics"]
    }
  },
  count: 2,
  last_updated: "2024-01-15"
}

export const mappings = {
  mappings: {
    user_friendly_terms: {
      "sales amount": "orders.total_amount",
      "order date": "orders.order_date",
      "this month": "DATE_TRUNC('month', order_date) = DATE_TRUNC('month', CURRENT_DATE)"
    },
    aggregation_terms: { total: "SUM", average: "AVG", count: "COUNT", distinct: "COUNT(DISTINCT" },
    date_terms: { "by month": "DATE_TRUNC('month', {date_column})" },
    comparison_operators: { "greater than": ">", "more than": ">", between: "BETWEEN", contains: "LIKE '%{value}%'" },
    table_relationships: { customers_orders: "customers.customer_id = orders.customer_id" }
  },
  total_mappings: 12,
  categories: ["user_friendly_terms"]
}

/** Three electronics products, of which the metadata knows two; two orders in November 2026. */
export const open = (): DatabaseSync => {
  const database = new DatabaseSync(":memory:")
  database.exec(`
    CREATE TABLE customers (customer_id INTEGER PRIMARY KEY, name TEXT, city TEXT);
    CREATE TABLE products (product_id INTEGER PRIMARY KEY, name TEXT, category TEXT, price DECIMAL);
    CREATE TABLE orders (order_id INTEGER PRIMARY KEY, customer_id INTEGER, order_date DATE, total_amount DECIMAL, status TEXT);
    CREATE TABLE order_items (order_item_id INTEGER PRIMARY KEY, order_id INTEGER, product_id INTEGER, quantity INTEGER);
    INSERT INTO customers VALUES (1, 'Ana Sol', 'Lima'), (2, 'Bo Ek', 'Oslo'), (3, 'Cy Ro', 'Rome');
    INSERT INTO products VALUES (11, 'Garden Wand', 'toys', 20), (12, 'Gadget Z1', 'electronics', 100),
      (14, 'Photon Chip P5', 'electronics', 250), (15, 'Desk Radio', 'electronics', 45);
    INSERT INTO orders VALUES (1, 1, '2026-11-20', 140, 'shipped'), (2, 2, '2026-10-12', 100, 'pending'),
      (3, 1, '2025-10-18', 60, 'delivered'), (4, 3, '2026-11-21', 250, 'shipped');
    INSERT INTO order_items VALUES (1, 1, 11, 2), (2, 1, 12, 1), (3, 2, 12, 1), (4, 4, 14, 1), (5, 4, 15, 1);
  `)
  return database
}
