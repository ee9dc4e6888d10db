(() => {
  const channels = (colour) => (colour.match(/[\d.]+/g) || []).map(Number);
  const bright = (colour) => {
    const [r, g, b] = channels(colour).map((part) => part / 255).map((part) => (part <= 0.04045 ? part / 12.92 : ((part + 0.055) / 1.055) ** 2.4));
    return 0.2126 * r + 0.7152 * g + 0.0722 * b;
  };
  const contrast = (a, b) => {
    const [dark, light] = [bright(a), bright(b)].sort((x, y) => x - y);
    return (light + 0.05) / (dark + 0.05);
  };
  const behind = (element) => {
    if (element.tagName === 'text') { return getComputedStyle(element.previousElementSibling).fill; }
    for (let at = element; at; at = at.parentElement) {
      const colour = getComputedStyle(at).backgroundColor;
      const parts = channels(colour);
      if (parts.length < 4 || parts[3] > 0) { return colour; }
    }
    return getComputedStyle(document.documentElement).colorScheme.includes('dark') ? 'rgb(0,0,0)' : 'rgb(255,255,255)';
  };
  const faint = [];
  const walk = document.createTreeWalker(document.body, NodeFilter.SHOW_TEXT);
  let seen = 0;
  while (walk.nextNode()) {
    const element = walk.currentNode.parentElement;
    if (!walk.currentNode.data.trim() || ['SCRIPT', 'OPTION'].includes(element.tagName) || !element.getClientRects().length) { continue; }
    seen += 1;
    const style = getComputedStyle(element);
    const ink = element.tagName === 'text' ? style.fill : style.color;
    const size = parseFloat(style.fontSize);
    const large = size >= 24 || (size >= 18.66 && Number(style.fontWeight) >= 700);
    const ratio = contrast(ink, behind(element));
    if (ratio < (large ? 3 : 4.5)) { faint.push(`${ratio.toFixed(2)}: ${walk.currentNode.data.trim().slice(0, 60)}`); }
  }
  return seen < 100 ? ['too little was seen: ' + seen] : faint;
})()
