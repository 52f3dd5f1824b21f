// Puts what is new on a page into its place. What somebody writes in, stands on or has opened is left alone.
const TIMES = "time, time + .aside";

const key = (one) => one.dataset.key || one.id || one.tagName + one.className;

const touched = (field) => field.type !== "hidden" && (field.options
  ? field.selectedIndex !== Math.max(0, [...field.options].findIndex((one) => one.defaultSelected))
  : field.value !== field.defaultValue || field.checked !== field.defaultChecked);

const opened = (one) => one ? one.matches("details[open]") + one.querySelectorAll("details[open], dialog[open]").length : 0;

const busy = (one, fresh) => one.contains(document.activeElement) || opened(one) > opened(fresh) ||
  [...one.querySelectorAll("input, textarea, select")].some(touched);

// Tokens, and how long ago something was, are others with each look.
const plain = (one) => {
  const copy = one.cloneNode(true);
  copy.querySelectorAll(`${TIMES}, [name=csrf_token], [name=once], [role=status]`).forEach((part) => part.remove());
  return copy.innerHTML;
};

const tellTime = (mine, fresh) => {
  const [old, now] = [mine, fresh].map((one) => one.querySelectorAll(TIMES));
  if (old.length === now.length) old.forEach((one, place) => { one.textContent = now[place].textContent; });
};

const stays = (mine, fresh, found) => {
  if (fresh.matches("[data-live], [role=status]") || fresh.querySelector("[data-live]")) return true;
  if (mine.dataset.key) {
    mine.className = fresh.className;
    mine.toggleAttribute("id", Boolean(fresh.id));
    if (fresh.id) mine.id = fresh.id;
  }
  if (plain(mine) === plain(fresh)) {
    tellTime(mine, fresh);
    return true;
  }
  if (busy(mine, fresh)) return (found.behind = true);
  if (mine.matches("[data-key], .heading")) found.news ||= "changed";
  return false;
};

const fill = (old, fresh, found) => {
  const before = new Map([...old.children].map((one) => [key(one), one]));
  let place = old.firstElementChild;
  for (const one of [...fresh.children]) {
    const mine = before.get(key(one));
    before.delete(key(one));
    const node = mine && stays(mine, one, found) ? mine : one;
    if (!mine && one.matches("[data-key]:not(.mine)")) found.news = "arrived";
    if (mine && node !== mine) {
      if (place === mine) place = mine.nextElementSibling;
      mine.remove();
    }
    if (node === place || (node === mine && node.contains(document.activeElement))) place = node.nextElementSibling;
    else old.insertBefore(node, place);
  }
  for (const one of before.values()) {
    if (busy(one)) found.behind = true;
    else if (!one.matches("[role]")) one.remove();
  }
};

// Says what there is to say of it (news), and whether something was left alone (behind).
export const renew = (page) => {
  const found = {};
  for (const one of document.querySelectorAll("[data-live]")) {
    const fresh = page.querySelector(`[data-live="${one.dataset.live}"]`);
    if (fresh) fill(one, fresh, found);
  }
  return found;
};
