//! The bounds of a body's HTML, checked before it is parsed for good.
//!
//! An HTML parser takes quadratic time, or makes quadratically many elements, when elements are
//! nested deeply, closed in the wrong order or given thousands of attributes, and a serialiser
//! takes quadratic time over what it must escape. So the tree is first built without keeping it,
//! piece by piece, and given up as soon as it passes a bound.

use std::borrow::Cow;
use std::cell::{Cell, RefCell};
use std::rc::Rc;

use html5ever::interface::{ElementFlags, NodeOrText, QuirksMode, TreeSink};
use html5ever::tendril::StrTendril;
use html5ever::tokenizer::{
    BufferQueue, Token, TokenSink, TokenSinkResult, Tokenizer, TokenizerOpts,
};
use html5ever::tree_builder::{TreeBuilder, TreeBuilderOpts};
use html5ever::{Attribute, ExpandedName, LocalName, QualName, TokenizerResult, ns};

use super::BodyError;

/// How deep elements may be nested.
pub const NESTING_MAX: usize = 256;

/// How many elements a body may have.
pub const ELEMENTS_MAX: usize = 100_000;

/// How many attributes a tag may have, judged by the blanks, slashes and quotation marks in it;
/// those in a comment count alike.
pub const ATTRIBUTES_MAX: usize = 4_000;

/// How many elements may need to be moved because they stand in the wrong place.
pub const REPAIRS_MAX: usize = 1_000;

/// How much work escaping may be: the characters escaped, each times the KiB of text it stands in
/// and what it takes to read it again.
pub const ESCAPING_MAX: usize = 20_000_000;

/// What it takes to read one escaped character, as KiB searched in the same time.
const READING_WORK: usize = 64;

/// How many bytes are parsed between two looks at the bounds.
const PIECE_BYTES: usize = 1_024;

/// Whether the HTML of a fragment stays within the bounds.
pub(crate) fn check(html: &str) -> Result<(), BodyError> {
    let tree = Tree::default();
    let context = Element::new(html_name("div"));
    let builder = TreeBuilder::new_for_fragment(tree, context, None, TreeBuilderOpts::default());
    let watch = Watch { builder, tokens: Cell::new(0) };
    let tokenizer = Tokenizer::new(watch, TokenizerOpts::default());
    let input = BufferQueue::default();

    let mut rest = html;
    let mut separators = 0;
    while !rest.is_empty() {
        let (piece, after) = rest.split_at_checked(piece_end(rest)).unwrap_or((rest, ""));
        rest = after;
        tokenizer.sink.tokens.set(0);
        input.push_back(StrTendril::from(piece));
        while !matches!(tokenizer.feed(&input), TokenizerResult::Done) {}

        // A tag shows itself only when it is whole, so its attributes are counted from outside.
        if tokenizer.sink.tokens.get() > 0 {
            separators = 0;
        }
        separators += piece.bytes().filter(|byte| b" \t\r\n\x0c/\"'".contains(byte)).count();
        if separators > ATTRIBUTES_MAX {
            return Err(BodyError::TooManyAttributes);
        }
        tokenizer.sink.builder.sink.within_bounds()?;
    }
    tokenizer.end();
    tokenizer.sink.builder.sink.within_bounds()
}

fn piece_end(text: &str) -> usize {
    text.char_indices()
        .map(|(byte, _)| byte)
        .find(|&byte| byte >= PIECE_BYTES)
        .unwrap_or(text.len())
}

fn html_name(local: &str) -> QualName {
    QualName::new(None, ns!(html), LocalName::from(local))
}

/// The tree builder, with a count of the tokens it is given.
struct Watch {
    builder: TreeBuilder<Rc<Element>, Tree>,
    tokens: Cell<usize>,
}

impl TokenSink for Watch {
    type Handle = Rc<Element>;

    fn process_token(&self, token: Token, line_number: u64) -> TokenSinkResult<Self::Handle> {
        if !matches!(token, Token::ParseError(_)) {
            self.tokens.set(self.tokens.get() + 1);
        }
        self.builder.process_token(token, line_number)
    }

    fn end(&self) {
        self.builder.end();
    }

    fn adjusted_current_node_present_but_not_in_html_namespace(&self) -> bool {
        self.builder.adjusted_current_node_present_but_not_in_html_namespace()
    }
}

/// An element as the tree builder needs it, without its children.
#[derive(Debug)]
struct Element {
    name: QualName,
    depth: Cell<usize>,
}

impl Element {
    fn new(name: QualName) -> Rc<Self> {
        Rc::new(Self { name, depth: Cell::new(0) })
    }
}

/// A tree that is measured, not kept.
#[derive(Default)]
struct Tree {
    depth: Cell<usize>,
    elements: Cell<usize>,
    repairs: Cell<usize>,
    text: RefCell<Escaping>,
    attributes: Cell<usize>,
}

/// The work of escaping a text.
#[derive(Default)]
struct Escaping {
    bytes: usize,
    /// `&` and no-break spaces: at each of them the serialiser looks at all the rest of the text.
    searched: usize,
    /// `<` and `>`, which are found at once.
    found: usize,
}

impl Escaping {
    fn add(&mut self, text: &str) {
        self.bytes += text.len();
        for byte in text.bytes() {
            match byte {
                // C2 begins a no-break space, and other characters of Latin-1.
                b'&' | 0xC2 => self.searched += 1,
                b'<' | b'>' => self.found += 1,
                _ => {}
            }
        }
    }

    fn work(&self) -> usize {
        let searching = (self.bytes / 1_024).saturating_mul(self.searched);
        searching.saturating_add((self.searched + self.found).saturating_mul(READING_WORK))
    }
}

impl Tree {
    fn within_bounds(&self) -> Result<(), BodyError> {
        if self.depth.get() > NESTING_MAX {
            Err(BodyError::TooDeep)
        } else if self.elements.get() > ELEMENTS_MAX {
            Err(BodyError::TooManyElements)
        } else if self.repairs.get() > REPAIRS_MAX {
            Err(BodyError::TooTangled)
        } else if self.text.borrow().work() > ESCAPING_MAX || self.attributes.get() > ESCAPING_MAX {
            Err(BodyError::TooManyEscapes)
        } else {
            Ok(())
        }
    }

    fn place(&self, node: &NodeOrText<Rc<Element>>, depth: usize) {
        match node {
            NodeOrText::AppendNode(element) => {
                element.depth.set(depth);
                self.depth.set(self.depth.get().max(depth));
            }
            NodeOrText::AppendText(text) => self.text.borrow_mut().add(text),
        }
    }

    /// An element was put elsewhere. What is in it may now be one level deeper than noted, so the
    /// true depth is at most the depth noted and the repairs together.
    fn repair(&self) {
        self.repairs.set(self.repairs.get() + 1);
    }
}

impl TreeSink for Tree {
    type Handle = Rc<Element>;
    type Output = ();
    type ElemName<'a> = ExpandedName<'a>;

    fn finish(self) {}

    fn parse_error(&self, _: Cow<'static, str>) {}

    fn get_document(&self) -> Self::Handle {
        Element::new(html_name(""))
    }

    fn elem_name<'a>(&'a self, target: &'a Self::Handle) -> ExpandedName<'a> {
        target.name.expanded()
    }

    fn create_element(
        &self,
        name: QualName,
        attributes: Vec<Attribute>,
        _: ElementFlags,
    ) -> Self::Handle {
        self.elements.set(self.elements.get() + 1);
        for attribute in &attributes {
            let mut escaping = Escaping::default();
            escaping.add(&attribute.value);
            self.attributes.set(self.attributes.get().saturating_add(escaping.work()));
        }
        Element::new(name)
    }

    fn create_comment(&self, _: StrTendril) -> Self::Handle {
        Element::new(html_name(""))
    }

    fn create_pi(&self, _: StrTendril, _: StrTendril) -> Self::Handle {
        Element::new(html_name(""))
    }

    fn append(&self, parent: &Self::Handle, child: NodeOrText<Self::Handle>) {
        self.place(&child, parent.depth.get() + 1);
    }

    fn append_based_on_parent_node(
        &self,
        element: &Self::Handle,
        previous: &Self::Handle,
        child: NodeOrText<Self::Handle>,
    ) {
        self.repair();
        self.place(&child, element.depth.get().max(previous.depth.get() + 1));
    }

    fn append_doctype_to_document(&self, _: StrTendril, _: StrTendril, _: StrTendril) {}

    fn get_template_contents(&self, target: &Self::Handle) -> Self::Handle {
        Rc::clone(target)
    }

    fn same_node(&self, one: &Self::Handle, other: &Self::Handle) -> bool {
        Rc::ptr_eq(one, other)
    }

    fn set_quirks_mode(&self, _: QuirksMode) {}

    fn append_before_sibling(&self, sibling: &Self::Handle, node: NodeOrText<Self::Handle>) {
        self.repair();
        self.place(&node, sibling.depth.get());
    }

    fn add_attrs_if_missing(&self, _: &Self::Handle, _: Vec<Attribute>) {}

    fn remove_from_parent(&self, _: &Self::Handle) {}

    fn reparent_children(&self, _: &Self::Handle, _: &Self::Handle) {
        self.repair();
    }
}
