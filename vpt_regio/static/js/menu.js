// Opens and closes the main navigation on narrow screens.
export function enableMenu() {
  const button = document.querySelector("[data-nav-toggle]");
  if (!button) return;
  const navigation = button.closest("nav");
  button.hidden = false;
  button.addEventListener("click", () => {
    const open = navigation.classList.toggle("vpt-nav--open");
    button.setAttribute("aria-expanded", String(open));
  });
}
