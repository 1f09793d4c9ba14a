// Opens the script that fits what the call turns out to be about; the opening stays open.

const kind = document.querySelector("form[data-draft-url] [name=kind]");

kind?.addEventListener("change", () => {
  for (const group of document.querySelectorAll("#call-scripts [data-kinds]")) {
    const fits = group.dataset.kinds.split(" ").includes(kind.value);
    group.open = fits || group.dataset.situation === "opening";
  }
});
