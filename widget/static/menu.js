// Pages without a chat: the language menu needs no button.
const menu = document.getElementById("language");
menu.addEventListener("change", () => menu.form.submit());
