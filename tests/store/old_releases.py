"""Databases as the first releases left them, in SQLite's words."""

FIRST_RELEASE = """
CREATE TABLE uploads (
    id INTEGER NOT NULL, name VARCHAR(255) NOT NULL, sha256 VARCHAR(64) NOT NULL,
    data BLOB NOT NULL, imported_at DATETIME NOT NULL, imported_by VARCHAR(64) NOT NULL,
    CONSTRAINT pk_uploads PRIMARY KEY (id)
);
CREATE INDEX ix_uploads_name ON uploads (name);
CREATE TABLE corrections (
    id INTEGER NOT NULL, task_id VARCHAR(255) NOT NULL, work_class VARCHAR(16), reason TEXT,
    decided_at DATETIME NOT NULL, decided_by VARCHAR(64) NOT NULL,
    CONSTRAINT pk_corrections PRIMARY KEY (id)
);
CREATE INDEX ix_corrections_task_id ON corrections (task_id);
CREATE TABLE alembic_version (
    version_num VARCHAR(32) NOT NULL, CONSTRAINT alembic_version_pkc PRIMARY KEY (version_num)
);
INSERT INTO alembic_version VALUES ('0001');
INSERT INTO uploads VALUES (1, 'a.xlsx', '1', CAST('old' AS BLOB), '2025-04-01 09:30:00.000000', 'local');
INSERT INTO uploads VALUES (2, 'b.csv', '2', CAST('b' AS BLOB), '2025-04-01 09:30:00.000000', 'local');
INSERT INTO uploads VALUES (3, 'a.xlsx', '3', CAST('new' AS BLOB), '2025-04-02 09:30:00.000000', 'local');
INSERT INTO corrections VALUES (1, 't1', 'core', '理由', '2025-04-01 09:30:00.000000', 'local');
"""

SECOND_RELEASE = """
CREATE TABLE uploads (
    id INTEGER NOT NULL, name VARCHAR(255) NOT NULL, sha256 VARCHAR(64) NOT NULL,
    data BLOB NOT NULL, imported_at DATETIME NOT NULL, imported_by VARCHAR(64) NOT NULL,
    given_name VARCHAR(255) NOT NULL, withdrawn_at DATETIME, withdrawn_by VARCHAR(64),
    CONSTRAINT pk_uploads PRIMARY KEY (id)
);
CREATE INDEX ix_uploads_name ON uploads (name);
CREATE INDEX ix_uploads_given_name ON uploads (given_name);
CREATE TABLE corrections (
    id INTEGER NOT NULL, task_id VARCHAR(255) NOT NULL, work_class VARCHAR(16), reason TEXT,
    decided_at DATETIME NOT NULL, decided_by VARCHAR(64) NOT NULL,
    CONSTRAINT pk_corrections PRIMARY KEY (id)
);
CREATE INDEX ix_corrections_task_id ON corrections (task_id);
CREATE TABLE forms (
    id INTEGER NOT NULL, fingerprint VARCHAR(64) NOT NULL, columns TEXT NOT NULL,
    label VARCHAR(255) NOT NULL, confirmed_at DATETIME NOT NULL, confirmed_by VARCHAR(64) NOT NULL,
    CONSTRAINT pk_forms PRIMARY KEY (id)
);
CREATE INDEX ix_forms_fingerprint ON forms (fingerprint);
CREATE TABLE offices (
    id INTEGER NOT NULL, list_id INTEGER NOT NULL, division VARCHAR(255) NOT NULL,
    department VARCHAR(255), due DATE, regular_staff FLOAT, nonregular_staff FLOAT,
    listed_at DATETIME NOT NULL, listed_by VARCHAR(64) NOT NULL,
    CONSTRAINT pk_offices PRIMARY KEY (id)
);
CREATE INDEX ix_offices_list_id ON offices (list_id);
CREATE TABLE jobs (
    id INTEGER NOT NULL, kind VARCHAR(32) NOT NULL, total INTEGER NOT NULL, done INTEGER NOT NULL,
    status VARCHAR(16) NOT NULL, message TEXT NOT NULL, started_at DATETIME NOT NULL,
    updated_at DATETIME NOT NULL, CONSTRAINT pk_jobs PRIMARY KEY (id)
);
CREATE TABLE alembic_version (
    version_num VARCHAR(32) NOT NULL, CONSTRAINT alembic_version_pkc PRIMARY KEY (version_num)
);
INSERT INTO alembic_version VALUES ('0002');
INSERT INTO corrections VALUES (1, 't1', 'core', '理由', '2025-04-01 09:30:00.000000', 'local');
INSERT INTO corrections VALUES (2, 't1', NULL, NULL, '2025-04-01 09:31:00.000000', 'local');
INSERT INTO corrections VALUES (3, 't2', 'expert', NULL, '2025-04-01 09:32:00.000000', 'local');
INSERT INTO corrections VALUES (4, 't1', 'routine', '様式', '2025-04-01 09:33:00.000000', 'local');
INSERT INTO corrections VALUES (5, 't3', NULL, NULL, '2025-04-01 09:34:00.000000', 'other');
"""
