// Draws each chart again with the script of this page, so that it fits its place and answers the pointer.
// The drawing that is already there stays where that fails.
function eachLegend(spec, change) {
  for (const layer of spec.layer) {
    const colour = (layer.encoding || {}).color;
    if (colour && colour.legend) change(colour.legend);
  }
}

// Where there is no room at the lines' ends, their names go above the picture.
function namesAbove(spec) {
  spec.padding.right = 10;
  spec.layer = spec.layer.filter((layer) => layer.mark.type !== "text");
  for (const layer of spec.layer) layer.encoding.color.legend = { columns: 1 };
  for (const layer of spec.layer) layer.encoding.y.axis = { title: null, tickCount: 5 };
}

async function hydrate(figure) {
  const place = figure.querySelector(".drawing");
  const spec = JSON.parse(figure.querySelector('script[type="application/json"]').textContent);
  const room = place.clientWidth;
  if (!room) return;
  const least = (spec.usermeta || {}).least || 0;
  spec.width = Math.max(Math.min(room, 860), least);
  figure.classList.toggle("broad", least > room);
  // What is moved sideways can be moved with the keyboard too.
  if (least > room) place.tabIndex = 0;
  else place.removeAttribute("tabindex");
  if (spec.width < 480) {
    spec.config.axis.labelFontSize = 11;
    spec.config.axis.labelLimit = Math.round(room * 0.36);
    spec.config.axis.titleLimit = Math.round(room * 0.8);
    spec.padding.right = 28;
    eachLegend(spec, (legend) => { legend.columns = 1; });
    if ((spec.usermeta || {}).names) namesAbove(spec);
  }
  const fresh = document.createElement("div");
  fresh.setAttribute("aria-hidden", "true");
  await window.vegaEmbed(fresh, spec, { mode: "vega-lite", renderer: "svg", actions: false, ast: true, hover: false });
  place.replaceChildren(fresh);
}

async function all() {
  for (const figure of document.querySelectorAll("figure.chart")) {
    try {
      await hydrate(figure);
    } catch (problem) {
      console.warn("a chart stays as it was drawn:", problem);
    }
  }
  document.documentElement.dataset.drawn = "yes";
}

let width = window.innerWidth;
let timer = 0;
window.addEventListener("resize", () => {
  if (window.innerWidth === width || window.matchMedia("print").matches) return;
  width = window.innerWidth;
  clearTimeout(timer);
  timer = setTimeout(all, 200);
});
window.addEventListener("beforeprint", () => {
  for (const details of document.querySelectorAll("details")) details.open = true;
});
all();
