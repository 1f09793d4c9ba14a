// One file on its way to the server. XMLHttpRequest, since fetch tells nothing of the way.

const STALLED = 45000;

/** Answers {held}, {problem} or {trouble}; rejects for a line that was cut. */
export function transfer(url, { file, form, csrf, field, onProgress }) {
  const request = new XMLHttpRequest();
  const body = new FormData();
  body.append("csrfmiddlewaretoken", csrf);
  body.append("form", form);
  body.append(field, file);
  const done = new Promise((resolve, reject) => {
    let timer = 0;
    const watch = () => {
      clearTimeout(timer);
      timer = setTimeout(() => request.abort(), STALLED);
    };
    request.upload.addEventListener("progress", (event) => {
      watch();
      onProgress(event.loaded, event.total);
    });
    request.addEventListener("loadend", () => clearTimeout(timer));
    request.addEventListener("load", () => resolve(answerOf(request)));
    for (const cut of ["error", "abort"]) request.addEventListener(cut, () => reject(new Error(cut)));
    watch();
  });
  request.open("POST", url);
  request.responseType = "text";
  request.setRequestHeader("X-Requested-With", "fetch");
  request.send(body);
  return { done, cancel: () => request.abort() };
}

function answerOf(request) {
  const isJson = (request.getResponseHeader("Content-Type") ?? "").startsWith("application/json");
  if (request.status === 201 && isJson) return { held: JSON.parse(request.responseText) };
  if (request.status === 422 && isJson) return { problem: JSON.parse(request.responseText).error };
  if (request.status === 200 || request.status === 403) return { isOver: true }; // the sign-in page
  return { trouble: true };
}
