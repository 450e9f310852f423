CREATE TABLE dim_artist (
  artist_key INTEGER PRIMARY KEY,
  artist_name TEXT NOT NULL,
  nationality TEXT,
  birth_year INTEGER,
  death_year INTEGER,
  movement TEXT
);
CREATE TABLE dim_donor (
  donor_key INTEGER PRIMARY KEY,
  donor_name TEXT NOT NULL,
  donor_type TEXT,
  city TEXT,
  first_gift_date DATE
);
CREATE TABLE dim_institution (
  institution_key INTEGER PRIMARY KEY,
  institution_name TEXT NOT NULL,
  city TEXT,
  country TEXT
);
CREATE TABLE dim_work (
  work_key INTEGER PRIMARY KEY,
  accession_no TEXT NOT NULL UNIQUE,
  title TEXT NOT NULL,
  artist_key INTEGER REFERENCES dim_artist(artist_key),
  medium TEXT,
  year_made INTEGER,
  acquired_date DATE,
  acquisition_method TEXT,
  donor_key INTEGER REFERENCES dim_donor(donor_key),
  insured_value NUMERIC,
  work_status TEXT
);
CREATE TABLE dim_exhibition (
  exhibition_key INTEGER PRIMARY KEY,
  exhibition_title TEXT NOT NULL,
  artist_key INTEGER REFERENCES dim_artist(artist_key),
  gallery TEXT,
  curator TEXT,
  opening_date DATE,
  closing_date DATE,
  exhibition_status TEXT
);
CREATE TABLE fact_work_loan (
  loan_key INTEGER PRIMARY KEY,
  work_key INTEGER NOT NULL REFERENCES dim_work(work_key),
  institution_key INTEGER NOT NULL REFERENCES dim_institution(institution_key),
  requested_date DATE,
  shipped_date DATE,
  due_back_date DATE,
  returned_date DATE,
  loan_fee NUMERIC,
  loan_status TEXT
);
CREATE TABLE fact_donation (
  donation_key INTEGER PRIMARY KEY,
  donor_key INTEGER NOT NULL REFERENCES dim_donor(donor_key),
  exhibition_key INTEGER REFERENCES dim_exhibition(exhibition_key),
  donation_date DATE,
  amount NUMERIC,
  purpose TEXT,
  payment_status TEXT
);
CREATE TABLE fact_tour (
  tour_key INTEGER PRIMARY KEY,
  exhibition_key INTEGER NOT NULL REFERENCES dim_exhibition(exhibition_key),
  guide_name TEXT,
  language TEXT,
  tour_date DATE,
  capacity INTEGER,
  attendees INTEGER,
  tour_status TEXT
);
CREATE TABLE fact_ticket_sale (
  sale_key INTEGER PRIMARY KEY,
  exhibition_key INTEGER NOT NULL REFERENCES dim_exhibition(exhibition_key),
  sale_date DATE,
  visit_date DATE,
  ticket_type TEXT,
  quantity INTEGER,
  unit_price NUMERIC,
  channel TEXT,
  sale_status TEXT
);
