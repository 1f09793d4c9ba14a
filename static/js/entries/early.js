// Letters typed while the call’s page is being drawn, before its field has the focus. It’s read before
// the styles; typed_ahead.js takes the letters over.

window.puenteEarly = {
  text: "",
  isEntered: false,
  handleEvent(event) {
    const { key } = event;
    if (event.ctrlKey || event.metaKey || event.altKey || event.isComposing) return;
    if (document.activeElement !== document.body) return; // a button keeps its Enter
    if (key.length === 1) this.text += key;
    else if (key === "Backspace") this.text = this.text.slice(0, -1);
    else if (key === "Enter") this.isEntered = this.text !== "";
    else return;
    event.preventDefault();
  },
};
addEventListener("keydown", window.puenteEarly, true);
