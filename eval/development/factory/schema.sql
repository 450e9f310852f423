CREATE TABLE erp_supplier (
  supplier_id INTEGER PRIMARY KEY, supplier_name TEXT NOT NULL, country TEXT NOT NULL, lead_time_days INTEGER NOT NULL,
  is_approved TEXT NOT NULL
);
CREATE TABLE erp_warehouse (warehouse_id INTEGER PRIMARY KEY, warehouse_name TEXT NOT NULL, city TEXT NOT NULL, capacity_m3 INTEGER NOT NULL);
CREATE TABLE erp_part (
  part_id INTEGER PRIMARY KEY, part_no TEXT NOT NULL, part_name TEXT NOT NULL, part_type TEXT NOT NULL,
  unit_cost REAL NOT NULL, weight_kg REAL, min_stock INTEGER NOT NULL, preferred_supplier_id INTEGER REFERENCES erp_supplier (supplier_id),
  discontinued INTEGER NOT NULL
);
CREATE TABLE erp_bom_item (
  parent_part_id INTEGER NOT NULL REFERENCES erp_part (part_id), component_part_id INTEGER NOT NULL REFERENCES erp_part (part_id),
  quantity INTEGER NOT NULL, PRIMARY KEY (parent_part_id, component_part_id)
);
CREATE TABLE erp_purchase_order (
  po_id INTEGER PRIMARY KEY, po_number TEXT NOT NULL, supplier_id INTEGER NOT NULL REFERENCES erp_supplier (supplier_id),
  order_date TEXT NOT NULL, due_date TEXT NOT NULL, received_date TEXT, status_code INTEGER NOT NULL, buyer TEXT NOT NULL
);
CREATE TABLE erp_purchase_order_line (
  po_line_id INTEGER PRIMARY KEY, po_id INTEGER NOT NULL REFERENCES erp_purchase_order (po_id), line_no INTEGER NOT NULL,
  part_id INTEGER NOT NULL REFERENCES erp_part (part_id), qty_ordered INTEGER NOT NULL, qty_received INTEGER NOT NULL,
  unit_price REAL NOT NULL
);
CREATE TABLE erp_stock_movement (
  movement_id INTEGER PRIMARY KEY, part_id INTEGER NOT NULL REFERENCES erp_part (part_id),
  warehouse_id INTEGER NOT NULL REFERENCES erp_warehouse (warehouse_id), movement_type TEXT NOT NULL, quantity INTEGER NOT NULL,
  moved_at TEXT NOT NULL
);
CREATE VIEW erp_v_stock AS
  SELECT part_id, warehouse_id, SUM(CASE movement_type WHEN 'issue' THEN -quantity WHEN 'scrap' THEN -quantity ELSE quantity END) AS on_hand
  FROM erp_stock_movement GROUP BY part_id, warehouse_id;
