// Finding places on an outline: under a finger, in the middle of a region, and from one to the next.

const FINGER = [6, 12, 18]; // pixels by which a finger misses the edge of an arm
const AROUND = 12; // directions in which is looked

// The region that is nearest to a touch which missed all of them.
export function beside(svg, x, y) {
  const root = svg.getRootNode();
  for (const far of FINGER) {
    for (let step = 0; step < AROUND; step += 1) {
      const angle = (step / AROUND) * 2 * Math.PI;
      const found = root.elementFromPoint(x + far * Math.cos(angle), y + far * Math.sin(angle));
      const region = found?.closest('[data-region]');
      if (region && svg.contains(region)) return region;
    }
  }
  return null;
}

const STEPS = 13;

// The point within a region that is nearest to the middle of its box.
export function within(svg, region) {
  const box = region.getBBox();
  const middle = centre(region);
  const points = [];
  for (let row = 0; row <= STEPS; row += 1) {
    for (let column = 0; column <= STEPS; column += 1) {
      const point = svg.createSVGPoint();
      point.x = box.x + (box.width * column) / STEPS;
      point.y = box.y + (box.height * row) / STEPS;
      if (region.isPointInFill(point)) points.push(point);
    }
  }
  const far = (point) => Math.hypot(point.x - middle.x, point.y - middle.y);
  return points.reduce((a, b) => (far(b) < far(a) ? b : a), points[0] ?? middle);
}

const ARROWS = {
  ArrowRight: [1, 0], ArrowLeft: [-1, 0], ArrowDown: [0, 1], ArrowUp: [0, -1],
};

// The region that lies in the direction of an arrow key, or null where there is none.
export function towards(svg, from, key) {
  if (!(key in ARROWS)) return null;
  const [across, down] = ARROWS[key];
  const start = centre(from);
  const ways = [...svg.querySelectorAll('[data-region]')].map((region) => {
    const { x, y } = centre(region);
    const along = (x - start.x) * across + (y - start.y) * down;
    const off = Math.abs((x - start.x) * down) + Math.abs((y - start.y) * across);
    return { region, far: along > 1 ? along + 2 * off : Infinity };
  });
  const best = ways.reduce((a, b) => (b.far < a.far ? b : a));
  return best.far < Infinity ? best.region : null;
}

function centre(region) {
  const { x, y, width, height } = region.getBBox();
  return { x: x + width / 2, y: y + height / 2 };
}
