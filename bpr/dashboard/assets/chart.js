// A chart as a picture for a slide: its name and what it says above, base and source below, on white.
"use strict";

(() => {
  const WIDTH = 1000, SCALE = 2, EDGE = 24, CLOSING = "、。，．）」』】％";
  const INK = "#1A1A1C", SUB = "#4D4D4D";

  const load = (address) => new Promise((resolve, reject) => {
    const image = new Image();
    image.onload = () => resolve(image);
    image.onerror = () => reject(new Error("the chart could not be drawn"));
    image.src = address;
  });

  // Japanese may break after any letter, but no line begins with a closing mark.
  const wrap = (pen, text) => {
    const lines = [""];
    for (const letter of text) {
      const line = lines[lines.length - 1];
      const full = pen.measureText(line + letter).width > WIDTH - 2 * EDGE;
      if (full && !CLOSING.includes(letter)) lines.push(letter);
      else lines[lines.length - 1] += letter;
    }
    return lines;
  };

  const set = (pen, look, text) => {
    const fonts = window.getComputedStyle(document.body).fontFamily;
    const font = `${look.weight} ${look.size}px ${fonts}`;
    pen.font = font;
    return { ...look, font, lines: wrap(pen, text), line: Math.round(look.size * 1.6) };
  };

  const heightOf = (blocks) => blocks.reduce((sum, one) => sum + one.line * one.lines.length, 0);

  const write = (pen, blocks, top) => {
    let y = top;
    for (const block of blocks) {
      pen.font = block.font;
      pen.fillStyle = block.color;
      for (const line of block.lines) {
        pen.fillText(line, EDGE, y + block.size);
        y += block.line;
      }
    }
  };

  const draw = async (plot, told, source) => {
    const size = { width: WIDTH - 2 * EDGE, height: plot.clientHeight };
    const address = await window.Plotly.toImage(plot, { format: "png", scale: SCALE, ...size });
    const chart = await load(address);
    const canvas = document.createElement("canvas");
    const pen = canvas.getContext("2d");
    const above = [
      set(pen, { weight: 700, size: 20, color: INK }, told.name),
      set(pen, { weight: 400, size: 16, color: INK }, told.sentence),
    ];
    const small = { weight: 400, size: 13, color: SUB };
    const below = [set(pen, small, told.caption), set(pen, small, `出所：${source}`)];
    const middle = EDGE + heightOf(above) + 8;
    const bottom = middle + size.height + 8;
    canvas.width = SCALE * WIDTH;
    canvas.height = SCALE * (bottom + heightOf(below) + EDGE);
    pen.scale(SCALE, SCALE);
    pen.fillStyle = "#FFFFFF";
    pen.fillRect(0, 0, canvas.width, canvas.height);
    write(pen, above, EDGE);
    pen.drawImage(chart, EDGE, middle, size.width, size.height);
    write(pen, below, bottom);
    return new Promise((resolve) => canvas.toBlob(resolve, "image/png"));
  };

  const keep = (picture, name) => {
    const link = document.createElement("a");
    link.href = URL.createObjectURL(picture);
    link.download = name;
    link.click();
    window.setTimeout(() => URL.revokeObjectURL(link.href), 60000);
  };

  const known = window.dash_clientside || {};
  window.dash_clientside = Object.assign({}, known, {
    bpr: Object.assign({}, known.bpr, {
      savePicture: async (clicks, told, source) => {
        const plot = clicks && document.getElementById(told.chart).querySelector(".js-plotly-plot");
        if (plot) keep(await draw(plot, told, source), `${told.file}.png`);
        return window.dash_clientside.no_update;
      },
    }),
  });
})();
