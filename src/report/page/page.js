'use strict';
(function () {
  var words = function (text) {
    return text.toLowerCase().split(/\s+/).filter(Boolean);
  };
  var has = function (element, wanted) {
    // What keeps a minus with its pounds is not typed.
    var text = element.textContent.replace(/\u2060/g, '').toLowerCase();
    return wanted.every(function (word) { return text.indexOf(word) >= 0; });
  };
  var say = function (id, text) {
    document.getElementById(id + '-said').textContent = text;
  };

  var sortable = function (table) {
    var heads = table.tHead.rows[0].cells;
    var body = table.tBodies[0];
    var order = new Intl.Collator('en-GB', { numeric: true });
    var value = function (row, column) {
      var cell = row.cells[column];
      if (heads[column].className !== 'figure') { return cell.textContent.trim(); }
      return cell.dataset.value === undefined ? null : Number(cell.dataset.value);
    };
    var compare = function (a, b, sign) {
      // What has no figure stays last, whichever way.
      if (a === null || b === null) { return (a === null) - (b === null); }
      return sign * (typeof a === 'number' ? a - b : order.compare(a, b));
    };
    var sort = function (column) {
      var head = heads[column];
      var down = head.getAttribute('aria-sort') === 'ascending';
      Array.prototype.forEach.call(heads, function (other) {
        other.removeAttribute('aria-sort');
        other.querySelector('span').textContent = '';
      });
      head.setAttribute('aria-sort', down ? 'descending' : 'ascending');
      head.querySelector('span').textContent = down ? '\u25bc' : '\u25b2';
      var rows = Array.prototype.slice.call(body.rows);
      rows.sort(function (a, b) { return compare(value(a, column), value(b, column), down ? -1 : 1); });
      rows.forEach(function (row) { body.appendChild(row); });
      say(table.id, 'Sorted by ' + head.querySelector('button').firstChild.data + (down ? ', downwards.' : ', upwards.'));
    };
    Array.prototype.forEach.call(heads, function (head, column) {
      var button = document.createElement('button');
      var arrow = document.createElement('span');
      button.type = 'button';
      arrow.setAttribute('aria-hidden', 'true');
      button.append(head.textContent, arrow);
      button.addEventListener('click', function () { sort(column); });
      head.replaceChildren(button);
    });
  };

  var filterable = function (input) {
    var rows = document.getElementById(input.dataset.table).tBodies[0].rows;
    input.addEventListener('input', function () {
      var wanted = words(input.value);
      var shown = 0;
      Array.prototype.forEach.call(rows, function (row) {
        row.hidden = !has(row, wanted);
        shown += row.hidden ? 0 : 1;
      });
      say(input.dataset.table, wanted.length ? shown + ' of ' + rows.length + ' rows shown.' : '');
    });
    input.closest('.tools').hidden = false;
  };

  var fixes = function (tools) {
    var text = document.getElementById('fixes-filter');
    var kind = document.getElementById('fixes-severity');
    var partner = document.getElementById('fixes-partner');
    var sections = document.querySelectorAll('section.partner');
    var apply = function () {
      var wanted = words(text.value);
      var shown = 0;
      var all = 0;
      Array.prototype.forEach.call(sections, function (section) {
        var own = 0;
        var is = !partner.value || section.dataset.partner === partner.value;
        section.querySelectorAll('li').forEach(function (entry) {
          entry.hidden = !(is && (!kind.value || entry.dataset.kind === kind.value) && has(entry, wanted));
          own += entry.hidden ? 0 : 1;
          all += 1;
        });
        section.hidden = own === 0;
        shown += own;
      });
      say('fixes', shown === all ? '' : shown + ' of ' + all + ' entries shown.');
    };
    [text, kind, partner].forEach(function (field) { field.addEventListener('input', apply); });
    tools.hidden = false;
  };

  document.querySelectorAll('table').forEach(sortable);
  document.querySelectorAll('input[data-table]').forEach(filterable);
  document.querySelectorAll('#fixes-tools').forEach(fixes);
}());
