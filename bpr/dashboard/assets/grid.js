// Cells of the task grids, and the two things that only the browser can do.
// Survey text is handed to React as text, never as markup.
"use strict";

(() => {
  const h = (...all) => window.React.createElement(...all);
  const cells = (window.dashAgGridComponentFunctions = window.dashAgGridComponentFunctions || {});
  const events = (window.dashAgGridFunctions = window.dashAgGridFunctions || {});

  const scoreInterval = ({ score_low: low, score_high: high }) =>
    Math.round(low) === Math.round(high) ? "" : `（${Math.round(low)}–${Math.round(high)}）`;

  cells.TaskCell = ({ data }) =>
    data
      ? h("div", { className: "task-cell" }, [
          h("div", { key: "n", className: "task-name" }, data.task_name),
          h("div", { key: "p", className: "task-place" }, data.place),
        ])
      : h("div", { className: "task-place" }, "読み込み中…");

  cells.LeverCell = ({ data }) =>
    data
      ? h("div", { className: "tags" }, [
          data.best_lever !== "–" &&
            h("span", { key: "l", className: "tag lever" }, data.best_lever),
          data.kind && h("small", { key: "k" }, data.kind),
          data.split && h("span", { key: "s", className: "tag split" }, "切り分け"),
        ])
      : null;

  cells.RankCell = ({ data }) =>
    data
      ? h("div", { className: "rank-cell" }, [
          h("b", { key: "r" }, data.rank),
          data.rank_interval && h("small", { key: "i" }, data.rank_interval),
        ])
      : null;

  cells.CertaintyCell = ({ data }) =>
    data
      ? h("div", { className: "tags" }, [
          h(
            "span",
            { key: "c", className: `tag certainty ${data.certainty}` },
            data.certainty_label
          ),
          data.certainty_share && h("small", { key: "s" }, data.certainty_share),
        ])
      : null;

  cells.ScoreCell = ({ data }) =>
    data
      ? h("div", { className: "score-cell" }, [
          h("span", { key: "t" }, Math.round(data.score)),
          h("small", { key: "s" }, scoreInterval(data)),
          h("div", { key: "b", className: "bar", "aria-hidden": "true" }, [
            h("div", { key: "f", className: "bar-fill", style: { width: `${data.score}%` } }),
            h("div", {
              key: "i",
              className: "bar-interval",
              style: {
                left: `${data.score_low}%`,
                width: `${Math.max(data.score_high - data.score_low, 1)}%`,
              },
            }),
          ]),
        ])
      : null;

  // The detail follows the focused row: by mouse and by arrow keys alike.
  events.showDetail = (params, setEventData) => {
    const node = params.api.getDisplayedRowAtIndex(params.rowIndex);
    const task = node && node.data && node.data.task_id;
    const known = events.shown || {};
    if (task && (known.task !== task || known.grid !== params.api)) {
      events.shown = { grid: params.api, task };
      setEventData({ task_id: task });
    }
  };

  // Tab leaves the list; the arrow keys move within it.
  events.leaveGrid = () => false;

  const known = window.dash_clientside || {};
  window.dash_clientside = Object.assign({}, known, {
    bpr: Object.assign({}, known.bpr, {
      // Ask for the rows again after the filters or the data have changed.
      purge: (...all) => {
        const grid = all[all.length - 1];
        window.dash_ag_grid.getApiAsync(grid).then((api) => api.purgeInfiniteCache());
        return Date.now();
      },
    }),
  });
})();
