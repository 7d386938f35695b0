"""WSGI entry: `app.server` serves the dashboard of the workspace that the environment names."""

from bpr.dashboard.app import create_app
from bpr.workspace import Workspace

app = create_app(Workspace.from_env())
server = app.server

if __name__ == "__main__":
    app.run(host="127.0.0.1", port=8050, debug=False)
