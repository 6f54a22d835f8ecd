// The offerings of a reply on a map. No other server is asked, and nothing of the library loaded, before the parent has agreed.
import { linked, make, ours } from "./nodes.js";

const STEPS = { ArrowUp: [0, -80], ArrowDown: [0, 80], ArrowLeft: [-80, 0], ArrowRight: [80, 0] };
const TARGET = 44;
const CLOSEST = 15;
const dressed = new WeakSet();
// Until the page is left, and kept nowhere.
let agreed = false;

// Opens the map of `places` ({ number, title, at: [latitude, longitude], card }) in a box, or closes it.
export async function toggleMap(button, box, places, tiles, texts) {
  const opens = button.getAttribute("aria-expanded") !== "true";
  const show = () => draw(box, places, tiles, texts);
  button.setAttribute("aria-expanded", String(opens));
  box.hidden = !opens;
  if (!opens || box.querySelector(".map")) return;
  if (agreed) return await show();
  const yes = make("button", { type: "button", class: "main" }, texts.page_map_agree);
  const no = make("button", { type: "button" }, texts.page_cancel);
  const notice = make("p", {}, texts.page_map_notice.replaceAll("{host}", new URL(tiles.url).host));
  box.replaceChildren(make("div", { class: "notice", role: "group", "aria-label": texts.page_map }, notice, yes, no));
  yes.focus();
  await new Promise((agree, refuse) => {
    yes.addEventListener("click", () => { agreed = true; show().then(agree, refuse); });
    no.addEventListener("click", () => { button.click(); button.focus(); });
  });
}

async function draw(box, places, tiles, texts) {
  const [{ default: leaflet }] = await Promise.all([
    import(ours(tiles.script)),
    dress(box.getRootNode(), [ours(tiles.style), ours("map.css")]),
  ]);
  const animate = !window.matchMedia("(prefers-reduced-motion: reduce)").matches;
  const ground = make("div", { class: "ground", dir: "ltr" });
  const zoom = (text, sign, change) => {
    const button = make("button", { type: "button", class: "round", title: text, "aria-label": text }, sign);
    button.addEventListener("click", change);
    return button;
  };
  const region = make("section", { class: "map", tabindex: 0, "aria-label": texts.page_map_label },
    ground,
    make("div", { class: "zoom" },
      zoom(texts.page_zoom_in, "+", () => map.zoomIn(1, { animate })),
      zoom(texts.page_zoom_out, "−", () => map.zoomOut(1, { animate }))),
    make("p", { class: "small", dir: "auto" }, ...linked(tiles.attribution)));
  box.replaceChildren(region);

  const map = leaflet.map(ground, {
    // Leaflet's own controls are made of markup, and its keys are listened to on the page around.
    zoomControl: false, attributionControl: false, keyboard: false, boxZoom: false, trackResize: false,
    // The wheel and one finger scroll the conversation; two fingers move the map, and a tap brings a spot to its middle.
    scrollWheelZoom: false, dragging: window.matchMedia("(pointer: fine)").matches,
    zoomAnimation: animate, fadeAnimation: animate, markerZoomAnimation: animate, inertia: animate,
  });
  map.fitBounds(places.map(({ at }) => at), { padding: [TARGET, TARGET], maxZoom: CLOSEST, animate: false });
  map.on("click", ({ latlng }) => map.panTo(latlng, { animate }));
  // Hosts of tiles want to know which website asks; they get its origin, not the page.
  leaflet.tileLayer(tiles.url, { referrerPolicy: "strict-origin" }).addTo(map);
  for (const place of places) addPin(leaflet, map, place, shift(place, places), animate);
  new ResizeObserver(() => map.invalidateSize({ animate: false })).observe(ground);
  region.addEventListener("keydown", (event) => {
    if (event.ctrlKey || event.altKey || event.metaKey) return;
    if (STEPS[event.key]) map.panBy(STEPS[event.key], { animate });
    else if (event.key === "+") map.zoomIn(1, { animate });
    else if (event.key === "-") map.zoomOut(1, { animate });
    else return;
    event.preventDefault();
  });
  region.focus({ preventScroll: true });
  region.scrollIntoView({ block: "nearest" });
}

// A pin is a button that leads to the offering's card, which then has the same number.
function addPin(leaflet, map, { number, title, at, card }, aside, animate) {
  const name = `${number}. ${title}`;
  const pin = make("button", { type: "button", class: "pin", title: name, "aria-label": name }, String(number));
  const icon = leaflet.divIcon({ className: "place", html: pin, iconSize: [TARGET, TARGET], iconAnchor: [TARGET / 2 - aside, TARGET / 2] });
  leaflet.marker(at, { icon, interactive: false, keyboard: false }).addTo(map);
  leaflet.DomEvent.disableClickPropagation(pin);
  pin.addEventListener("focus", () => { if (pin.matches(":focus-visible")) map.panInside(at, { padding: [TARGET, TARGET], animate }); });
  card.querySelector("h3").dataset.number = number;
  card.setAttribute("aria-label", title);
  card.tabIndex = -1;
  pin.addEventListener("click", () => {
    card.scrollIntoView({ block: "start" });
    card.focus({ preventScroll: true });
  });
}

// Offerings at one address stand side by side.
function shift(place, places) {
  const spot = ({ at }) => at.map((degrees) => degrees.toFixed(4)).join();
  const same = places.filter((other) => spot(other) === spot(place));
  return (same.indexOf(place) - (same.length - 1) / 2) * TARGET;
}

async function dress(root, addresses) {
  if (dressed.has(root)) return;
  if ("adoptedStyleSheets" in root) {
    const texts = await Promise.all(addresses.map(async (address) => {
      const response = await fetch(address, { credentials: "omit" });
      if (!response.ok) throw new Error(response.statusText);
      return response.text();
    }));
    const sheet = new CSSStyleSheet();
    sheet.replaceSync(texts.join("\n"));
    root.adoptedStyleSheets = [...root.adoptedStyleSheets, sheet];
  } else {
    (root.head || root).append(...addresses.map((href) => make("link", { rel: "stylesheet", href })));
  }
  dressed.add(root);
}
