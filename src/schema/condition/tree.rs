//! Pieces of a condition put together: what binds closer stands deeper.

use super::Fault;
use super::token::{Token, tokens};
use super::{Comparator, Operator};
use std::ops::Range;

/// How deep brackets and `not` may stand in one another.
const DEEPEST: usize = 60;

/// Reads a condition without looking at what its names mean; `None` if its pieces make no whole.
pub(super) fn read(text: &str, faults: &mut Vec<Fault>) -> Option<Tree> {
    let tokens = tokens(text, faults);
    match whole(text, &tokens) {
        Ok(tree) => Some(tree),
        // One cause, one mistake: a piece that could not be read also breaks the whole.
        Err(fault) if faults.is_empty() => {
            faults.push(fault);
            None
        }
        Err(_) => None,
    }
}

fn whole(text: &str, tokens: &[(Token, Range<usize>)]) -> Result<Tree, Fault> {
    let mut reader = Reader { tokens, next: 0, end: text.len(), depth: 0 };
    let tree = reader.either()?;
    match reader.peek() {
        None => Ok(tree),
        Some(_) => reader.fault(
            "The condition goes on where it should have ended.",
            Some("Join two conditions with and, or."),
        ),
    }
}

/// A condition before its names are looked up.
pub(super) struct Tree {
    pub(super) span: Range<usize>,
    pub(super) node: Node,
}

/// What a piece of a condition is.
pub(super) enum Node {
    Or(Box<Tree>, Box<Tree>),
    And(Box<Tree>, Box<Tree>),
    Not(Box<Tree>),
    Compare(Box<Tree>, Comparator, Box<Tree>),
    Is { left: Box<Tree>, not: bool, any: Vec<Tree> },
    Blank { left: Box<Tree>, not: bool },
    Calculate(Box<Tree>, Operator, Box<Tree>),
    Leaf(Token),
}

struct Reader<'t> {
    tokens: &'t [(Token, Range<usize>)],
    next: usize,
    end: usize,
    depth: usize,
}

impl<'t> Reader<'t> {
    fn peek(&self) -> Option<&'t (Token, Range<usize>)> {
        self.tokens.get(self.next)
    }

    fn word(&mut self, wanted: &str) -> bool {
        let found = matches!(self.peek(), Some((Token::Word(word), _)) if word.eq_ignore_ascii_case(wanted));
        self.next += usize::from(found);
        found
    }

    fn sign(&mut self, wanted: &str) -> bool {
        let found = matches!(self.peek(), Some((Token::Sign(sign), _)) if *sign == wanted);
        self.next += usize::from(found);
        found
    }

    fn fault<T>(&self, message: &str, hint: Option<&str>) -> Result<T, Fault> {
        let span = self.peek().map_or(self.end..self.end, |(_, span)| span.clone());
        Err(Fault { span, message: message.to_owned(), hint: hint.map(str::to_owned) })
    }

    fn either(&mut self) -> Result<Tree, Fault> {
        let mut left = self.both()?;
        while self.word("or") {
            let right = self.both()?;
            left = join(left, right, Node::Or);
        }
        Ok(left)
    }

    fn both(&mut self) -> Result<Tree, Fault> {
        let mut left = self.negated()?;
        while self.word("and") {
            let right = self.negated()?;
            left = join(left, right, Node::And);
        }
        Ok(left)
    }

    fn negated(&mut self) -> Result<Tree, Fault> {
        let start = self.peek().map_or(self.end, |(_, span)| span.start);
        if !self.word("not") {
            return self.comparison();
        }
        self.deeper()?;
        let inner = self.negated()?;
        self.depth -= 1;
        Ok(Tree { span: start..inner.span.end, node: Node::Not(Box::new(inner)) })
    }

    fn deeper(&mut self) -> Result<(), Fault> {
        self.depth += 1;
        if self.depth > DEEPEST {
            return self.fault("The condition has too many brackets in one another.", None);
        }
        Ok(())
    }

    fn comparison(&mut self) -> Result<Tree, Fault> {
        let left = self.sum()?;
        if self.word("is") {
            return self.is(left);
        }
        let comparators = [
            ("=", Comparator::Equal),
            ("!=", Comparator::NotEqual),
            ("<=", Comparator::LessOrEqual),
            ("<", Comparator::Less),
            (">=", Comparator::GreaterOrEqual),
            (">", Comparator::Greater),
        ];
        for (sign, comparator) in comparators {
            if self.sign(sign) {
                let right = self.sum()?;
                let span = left.span.start..right.span.end;
                let node = Node::Compare(Box::new(left), comparator, Box::new(right));
                return Ok(Tree { span, node });
            }
        }
        Ok(left)
    }

    fn is(&mut self, left: Tree) -> Result<Tree, Fault> {
        let not = self.word("not");
        let start = left.span.start;
        let left = Box::new(left);
        if self.word("blank") {
            return Ok(Tree { span: start..self.last(), node: Node::Blank { left, not } });
        }
        let mut any = Vec::new();
        if self.word("in") {
            if !self.sign("(") {
                return self
                    .fault("A ( is missing after `is in`.", Some("Write: is in (\"Red\", \"Amber\")"));
            }
            loop {
                any.push(self.sum()?);
                if self.sign(")") {
                    break;
                }
                if !self.sign(",") {
                    return self.fault("A , or ) is missing in the list.", None);
                }
            }
        } else {
            any.push(self.sum()?);
        }
        Ok(Tree { span: start..self.last(), node: Node::Is { left, not, any } })
    }

    fn last(&self) -> usize {
        self.next.checked_sub(1).and_then(|last| self.tokens.get(last)).map_or(self.end, |(_, span)| span.end)
    }

    fn sum(&mut self) -> Result<Tree, Fault> {
        let mut left = self.product()?;
        loop {
            let operator = if self.sign("+") {
                Operator::Add
            } else if self.sign("-") {
                Operator::Subtract
            } else {
                return Ok(left);
            };
            let right = self.product()?;
            left = join(left, right, |left, right| Node::Calculate(left, operator, right));
        }
    }

    fn product(&mut self) -> Result<Tree, Fault> {
        let mut left = self.leaf()?;
        loop {
            let operator = if self.sign("*") {
                Operator::Multiply
            } else if self.sign("/") {
                Operator::Divide
            } else {
                return Ok(left);
            };
            let right = self.leaf()?;
            left = join(left, right, |left, right| Node::Calculate(left, operator, right));
        }
    }

    fn leaf(&mut self) -> Result<Tree, Fault> {
        let Some((token, span)) = self.peek() else {
            return self.fault("The condition ends too early.", None);
        };
        let keyword = matches!(token, Token::Word(word)
            if ["is", "and", "or", "not", "in", "blank"].iter().any(|k| word.eq_ignore_ascii_case(k)));
        match token {
            Token::Sign("(") => {
                self.next += 1;
                self.deeper()?;
                let inner = self.either()?;
                self.depth -= 1;
                if !self.sign(")") {
                    return self.fault("A ) is missing.", None);
                }
                Ok(Tree { span: span.start..self.last(), node: inner.node })
            }
            Token::Sign("-") if matches!(self.tokens.get(self.next + 1), Some((Token::Number(_), _))) => {
                self.next += 1;
                let mut inner = self.leaf()?;
                if let Node::Leaf(Token::Number(number)) = &mut inner.node {
                    *number = -*number;
                }
                Ok(Tree { span: span.start..inner.span.end, node: inner.node })
            }
            Token::Sign(_) => self.fault("A field, a number, a date or a text is missing here.", None),
            Token::Word(_) if keyword => {
                self.fault("A field, a number, a date or a text is missing here.", None)
            }
            leaf => {
                self.next += 1;
                Ok(Tree { span: span.clone(), node: Node::Leaf(leaf.clone()) })
            }
        }
    }
}

/// Two pieces as one.
fn join(left: Tree, right: Tree, node: impl FnOnce(Box<Tree>, Box<Tree>) -> Node) -> Tree {
    Tree { span: left.span.start..right.span.end, node: node(Box::new(left), Box::new(right)) }
}
