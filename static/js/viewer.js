// A file of a case: larger, smaller, turned. Without this it’s shown as a whole, as it came.

const ZOOMS = [1, 1.5, 2, 3, 4, 6];
const QUARTER = 90;

const frame = document.querySelector("[data-viewer]");
const sheet = frame.firstElementChild;
const picture = sheet.querySelector("img");
const tools = document.querySelector("[data-viewer-tools]");
const told = tools.querySelector("[data-viewer-zoom]");
let zoom = 0;
let turn = 0;

/** Where in the sheet the middle of the frame is, as shares of its size. */
function middle() {
  const { scrollLeft, scrollTop, clientWidth, clientHeight, scrollWidth, scrollHeight } = frame;
  return [(scrollLeft + clientWidth / 2) / scrollWidth, (scrollTop + clientHeight / 2) / scrollHeight];
}

function draw() {
  const { naturalWidth: width, naturalHeight: height } = picture;
  if (!width) return;
  const [across, down] = middle();
  const isSideways = turn % (2 * QUARTER) !== 0;
  const [broad, tall] = isSideways ? [height, width] : [width, height];
  // Its border and scroll bars aside, which come and go.
  const fit = Math.min((frame.offsetWidth - 2) / broad, (frame.offsetHeight - 2) / tall, 1);
  const scale = fit * ZOOMS[zoom];
  sheet.dataset.drawn = "";
  sheet.style.inlineSize = `${Math.floor(broad * scale)}px`;
  sheet.style.blockSize = `${Math.floor(tall * scale)}px`;
  picture.style.inlineSize = `${Math.floor(width * scale)}px`;
  picture.style.blockSize = `${Math.floor(height * scale)}px`;
  picture.style.transform = `translate(-50%, -50%) rotate(${turn}deg)`;
  frame.scrollLeft = across * frame.scrollWidth - frame.clientWidth / 2;
  frame.scrollTop = down * frame.scrollHeight - frame.clientHeight / 2;
  told.value = `${ZOOMS[zoom] * 100}%`;
}

const deeds = {
  larger: () => (zoom = Math.min(zoom + 1, ZOOMS.length - 1)),
  smaller: () => (zoom = Math.max(zoom - 1, 0)),
  whole: () => (zoom = 0),
  turn: () => (turn = (turn + QUARTER) % (4 * QUARTER)),
};

tools.addEventListener("click", ({ target }) => {
  const deed = deeds[target.closest("[data-viewer-do]")?.dataset.viewerDo];
  if (!deed) return;
  deed();
  draw();
});

// A mouse drags what is larger than its frame; fingers scroll it anyway.
frame.addEventListener("pointerdown", (event) => {
  if (event.pointerType !== "mouse" || event.button || !zoom) return;
  event.preventDefault();
  frame.focus({ preventScroll: true });
  frame.setPointerCapture(event.pointerId);
});
frame.addEventListener("pointermove", (event) => {
  if (frame.hasPointerCapture(event.pointerId)) frame.scrollBy(-event.movementX, -event.movementY);
});

new ResizeObserver(draw).observe(frame);
picture.addEventListener("load", draw);
tools.hidden = false;
draw();
