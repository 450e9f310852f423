CREATE TABLE hotels (
  hotel_id INTEGER PRIMARY KEY, hotel_name TEXT NOT NULL, city TEXT NOT NULL, country_code TEXT NOT NULL,
  star_rating INTEGER NOT NULL, opened_on TEXT NOT NULL, has_pool INTEGER NOT NULL
);
CREATE TABLE room_types (
  type_code TEXT PRIMARY KEY, type_name TEXT NOT NULL, max_guests INTEGER NOT NULL
);
CREATE TABLE rooms (
  room_id INTEGER PRIMARY KEY, hotel_id INTEGER NOT NULL REFERENCES hotels (hotel_id), room_number TEXT NOT NULL,
  type_code TEXT NOT NULL REFERENCES room_types (type_code), floor INTEGER NOT NULL, base_rate REAL NOT NULL,
  smoking TEXT NOT NULL
);
CREATE TABLE guests (
  guest_id INTEGER PRIMARY KEY, first_name TEXT NOT NULL, last_name TEXT NOT NULL, email TEXT, nationality TEXT NOT NULL,
  birth_date TEXT NOT NULL, loyalty_tier TEXT
);
CREATE TABLE bookings (
  booking_id INTEGER PRIMARY KEY, guest_id INTEGER NOT NULL REFERENCES guests (guest_id),
  room_id INTEGER NOT NULL REFERENCES rooms (room_id), booked_at TEXT NOT NULL, check_in TEXT NOT NULL,
  check_out TEXT NOT NULL, adults INTEGER NOT NULL, children INTEGER NOT NULL, total_price REAL NOT NULL,
  booking_status TEXT NOT NULL, channel TEXT NOT NULL
);
CREATE TABLE payments (
  payment_id INTEGER PRIMARY KEY, booking_id INTEGER NOT NULL REFERENCES bookings (booking_id), amount REAL NOT NULL,
  method TEXT NOT NULL, paid_on TEXT NOT NULL
);
CREATE TABLE reviews (
  review_id INTEGER PRIMARY KEY, booking_id INTEGER NOT NULL REFERENCES bookings (booking_id), rating INTEGER NOT NULL,
  review_text TEXT, reviewed_on TEXT NOT NULL
);
