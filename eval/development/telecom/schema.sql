CREATE TABLE customers (
  customer_id INTEGER PRIMARY KEY, full_name TEXT NOT NULL, customer_type TEXT NOT NULL, city TEXT NOT NULL, email TEXT,
  birth_date TEXT, signup_date TEXT NOT NULL, referred_by INTEGER REFERENCES customers (customer_id)
);
CREATE TABLE plans (
  plan_id INTEGER PRIMARY KEY, plan_name TEXT NOT NULL, billing_type TEXT NOT NULL, monthly_fee REAL NOT NULL, data_gb INTEGER,
  minutes_included INTEGER, has_5g INTEGER NOT NULL, launched_on TEXT NOT NULL, withdrawn_on TEXT
);
CREATE TABLE devices (
  device_id INTEGER PRIMARY KEY, brand TEXT NOT NULL, model TEXT NOT NULL, os TEXT NOT NULL, retail_price REAL NOT NULL,
  release_year INTEGER NOT NULL
);
CREATE TABLE subscriptions (
  subscription_id INTEGER PRIMARY KEY, customer_id INTEGER NOT NULL REFERENCES customers (customer_id),
  plan_id INTEGER NOT NULL REFERENCES plans (plan_id), device_id INTEGER REFERENCES devices (device_id),
  phone_number TEXT NOT NULL, activated_on TEXT NOT NULL, cancelled_on TEXT, status TEXT NOT NULL
);
CREATE TABLE calls (
  call_id INTEGER PRIMARY KEY, subscription_id INTEGER NOT NULL REFERENCES subscriptions (subscription_id),
  started_at TEXT NOT NULL, duration_sec INTEGER NOT NULL, call_type TEXT NOT NULL, destination_country TEXT,
  charge REAL NOT NULL
);
CREATE TABLE data_usage (
  subscription_id INTEGER NOT NULL REFERENCES subscriptions (subscription_id), usage_month TEXT NOT NULL,
  gb_used REAL NOT NULL, roaming_gb REAL NOT NULL, PRIMARY KEY (subscription_id, usage_month)
);
CREATE TABLE bills (
  bill_id INTEGER PRIMARY KEY, customer_id INTEGER NOT NULL REFERENCES customers (customer_id), issued_on TEXT NOT NULL,
  due_on TEXT NOT NULL, amount REAL NOT NULL, paid_on TEXT, payment_method TEXT, status TEXT NOT NULL
);
CREATE TABLE agents (
  agent_id INTEGER PRIMARY KEY, agent_name TEXT NOT NULL, team TEXT NOT NULL, extension TEXT, started_on TEXT NOT NULL
);
CREATE TABLE support_cases (
  case_id INTEGER PRIMARY KEY, customer_id INTEGER NOT NULL REFERENCES customers (customer_id),
  opened_by INTEGER NOT NULL REFERENCES agents (agent_id), assigned_to INTEGER REFERENCES agents (agent_id),
  category TEXT NOT NULL, priority TEXT NOT NULL, status TEXT NOT NULL, opened_at TEXT NOT NULL, closed_at TEXT,
  satisfaction INTEGER
);
