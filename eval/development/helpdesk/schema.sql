CREATE TABLE hd_organization (id INTEGER PRIMARY KEY, name TEXT NOT NULL, country TEXT NOT NULL, plan TEXT NOT NULL);
CREATE TABLE hd_customer (
  id INTEGER PRIMARY KEY, organization_id INTEGER REFERENCES hd_organization (id), full_name TEXT NOT NULL, email TEXT NOT NULL,
  created_at TEXT NOT NULL
);
CREATE TABLE hd_team (id INTEGER PRIMARY KEY, name TEXT NOT NULL);
CREATE TABLE hd_agent (
  id INTEGER PRIMARY KEY, full_name TEXT NOT NULL, team_id INTEGER NOT NULL REFERENCES hd_team (id),
  manager_id INTEGER REFERENCES hd_agent (id), is_active INTEGER NOT NULL, hired_on TEXT NOT NULL
);
CREATE TABLE hd_ticket (
  id INTEGER PRIMARY KEY, subject TEXT NOT NULL, customer_id INTEGER NOT NULL REFERENCES hd_customer (id),
  assignee_id INTEGER REFERENCES hd_agent (id), priority INTEGER NOT NULL, status TEXT NOT NULL, channel TEXT NOT NULL,
  created_at TEXT NOT NULL, due_at TEXT NOT NULL, first_response_at TEXT, resolved_at TEXT, satisfaction INTEGER
);
CREATE TABLE hd_comment (
  id INTEGER PRIMARY KEY, ticket_id INTEGER NOT NULL REFERENCES hd_ticket (id), agent_id INTEGER REFERENCES hd_agent (id),
  body TEXT NOT NULL, is_public INTEGER NOT NULL, created_at TEXT NOT NULL
);
CREATE TABLE hd_tag (id INTEGER PRIMARY KEY, name TEXT NOT NULL);
CREATE TABLE hd_ticket_tag (
  ticket_id INTEGER NOT NULL REFERENCES hd_ticket (id), tag_id INTEGER NOT NULL REFERENCES hd_tag (id),
  PRIMARY KEY (ticket_id, tag_id)
);
CREATE VIEW hd_v_backlog AS
  SELECT t.id AS ticket_id, t.subject, t.priority, a.full_name AS agent_name, t.due_at
  FROM hd_ticket AS t LEFT JOIN hd_agent AS a ON a.id = t.assignee_id WHERE t.resolved_at IS NULL;
