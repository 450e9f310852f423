CREATE TABLE magazines (
  id INTEGER PRIMARY KEY,
  title VARCHAR(60) NOT NULL,
  genre VARCHAR(30) NOT NULL,
  frequency VARCHAR(12) NOT NULL,
  cover_price DECIMAL(10,2) NOT NULL,
  launched_on DATE NOT NULL,
  closed_on DATE
);
CREATE TABLE issues (
  id INTEGER PRIMARY KEY,
  magazine_id INTEGER NOT NULL REFERENCES magazines(id),
  issue_number INTEGER NOT NULL,
  title VARCHAR(80) NOT NULL,
  publication_date DATE NOT NULL,
  page_count INTEGER,
  print_run INTEGER,
  copies_sold INTEGER,
  status VARCHAR(12) NOT NULL
);
CREATE TABLE authors (
  id INTEGER PRIMARY KEY,
  name VARCHAR(80) NOT NULL,
  email VARCHAR(120),
  country VARCHAR(40),
  is_staff BOOLEAN NOT NULL DEFAULT 0,
  joined_on DATE NOT NULL
);
CREATE TABLE articles (
  id INTEGER PRIMARY KEY,
  issue_id INTEGER REFERENCES issues(id),
  author_id INTEGER NOT NULL REFERENCES authors(id),
  headline VARCHAR(160) NOT NULL,
  article_type VARCHAR(20) NOT NULL,
  word_count INTEGER,
  fee DECIMAL(10,2),
  submitted_at TIMESTAMP,
  status VARCHAR(12) NOT NULL
);
CREATE TABLE subscribers (
  id INTEGER PRIMARY KEY,
  name VARCHAR(80) NOT NULL,
  email VARCHAR(120),
  city VARCHAR(60),
  country VARCHAR(40) NOT NULL,
  signed_up_at TIMESTAMP NOT NULL,
  gets_newsletter BOOLEAN NOT NULL DEFAULT 0
);
CREATE TABLE subscriptions (
  id INTEGER PRIMARY KEY,
  subscriber_id INTEGER NOT NULL REFERENCES subscribers(id),
  magazine_id INTEGER NOT NULL REFERENCES magazines(id),
  format VARCHAR(10) NOT NULL,
  start_date DATE NOT NULL,
  end_date DATE,
  price_per_year DECIMAL(10,2) NOT NULL,
  auto_renew BOOLEAN NOT NULL DEFAULT 1,
  cancelled_on DATE,
  status VARCHAR(12) NOT NULL
);
CREATE TABLE advertisers (
  id INTEGER PRIMARY KEY,
  company_name VARCHAR(80) NOT NULL,
  industry VARCHAR(30) NOT NULL,
  contact_name VARCHAR(80),
  country VARCHAR(40),
  customer_since DATE NOT NULL
);
CREATE TABLE adverts (
  id INTEGER PRIMARY KEY,
  advertiser_id INTEGER NOT NULL REFERENCES advertisers(id),
  issue_id INTEGER NOT NULL REFERENCES issues(id),
  size VARCHAR(15) NOT NULL,
  page_number INTEGER,
  price DECIMAL(10,2) NOT NULL,
  booked_on DATE NOT NULL,
  paid_on DATE
);
