//! Moving cards by mouse, pen and finger. A mouse drags at once, a finger after a short hold, so that
//! it can still scroll.

use std::cell::RefCell;
use std::rc::Rc;
use std::time::Duration;

use etalon_domain::deal::Deal;
use leptos::ev;
use leptos::prelude::*;
use wasm_bindgen::JsCast;
use wasm_bindgen::closure::Closure;
use web_sys::{AddEventListenerOptions, Element, HtmlElement, PointerEvent};

use super::Context;
use crate::ui::dom;

/// How far a mouse moves before a press becomes a drag.
const SLACK: f64 = 5.0;
/// How long a finger rests before a touch becomes a drag.
const HOLD: Duration = Duration::from_millis(280);
/// How near to the edge of the board a drag scrolls it.
const EDGE: f64 = 48.0;

/// A deal on its way from one stage to another.
#[derive(Clone, PartialEq)]
pub(in crate::deals) struct Drag {
    /// The deal, as it was.
    pub(super) deal: Deal,
    /// Code of the stage below the pointer, or chosen by keyboard.
    pub(super) over: String,
    /// Whether it was lifted by keyboard.
    pub(super) by_keyboard: bool,
}

struct Press {
    pointer: i32,
    start: (f64, f64),
    grip: (f64, f64),
    ghost: Option<HtmlElement>,
    is_held: bool,
    listeners: Vec<WindowListenerHandle>,
}

/// Keeps the browser from scrolling the board while a finger drags a card. The listener belongs to
/// the board's element and goes with it.
pub(super) fn keep_touch(frame: &HtmlElement, drag: RwSignal<Option<Drag>>) {
    let callback = Closure::<dyn Fn(web_sys::Event)>::new(move |event: web_sys::Event| {
        let is_dragging = drag.try_with_untracked(|d| d.as_ref().is_some_and(|d| !d.by_keyboard));
        if is_dragging == Some(true) && event.cancelable() {
            event.prevent_default();
        }
    });
    let options = AddEventListenerOptions::new();
    options.set_passive(false);
    let listener = callback.as_ref().unchecked_ref();
    let _ = frame.add_event_listener_with_callback_and_add_event_listener_options(
        "touchmove",
        listener,
        &options,
    );
    let frame = frame.clone();
    let kept = StoredValue::new_local((frame, callback));
    on_cleanup(move || {
        kept.try_with_value(|(frame, callback)| {
            let listener = callback.as_ref().unchecked_ref();
            let _ = frame.remove_event_listener_with_callback("touchmove", listener);
        });
    });
}

/// A press on a card, which may become a drag.
pub(super) fn begin(event: &PointerEvent, card: &HtmlElement, deal: Deal, board: Context) {
    if event.button() != 0 || event.ctrl_key() || event.meta_key() || event.shift_key() {
        return;
    }
    let rectangle = card.get_bounding_client_rect();
    let at = (f64::from(event.client_x()), f64::from(event.client_y()));
    let is_touch = event.pointer_type() == "touch";
    let press = Rc::new(RefCell::new(Press {
        pointer: event.pointer_id(),
        start: at,
        grip: (at.0 - rectangle.left(), at.1 - rectangle.top()),
        ghost: None,
        is_held: !is_touch,
        listeners: Vec::new(),
    }));
    let lift = {
        let (press, card, deal) = (press.clone(), card.clone(), deal.clone());
        move |at: (f64, f64)| {
            let mut press = press.borrow_mut();
            press.ghost = ghost_of(&card);
            move_ghost(&press, at);
            board.drag.set(Some(Drag {
                over: deal.stage.clone(),
                deal: deal.clone(),
                by_keyboard: false,
            }));
        }
    };
    let on_move = {
        let (press, lift) = (press.clone(), lift.clone());
        move |event: PointerEvent| {
            let at = (f64::from(event.client_x()), f64::from(event.client_y()));
            let (is_ours, is_held, is_lifted, distance) = {
                let press = press.borrow();
                let distance = (at.0 - press.start.0).hypot(at.1 - press.start.1);
                let is_ours = press.pointer == event.pointer_id();
                (is_ours, press.is_held, press.ghost.is_some(), distance)
            };
            if !is_ours {
                return;
            }
            if !is_held {
                // The finger scrolls.
                if distance > SLACK * 2.0 {
                    end(&press);
                }
            } else if is_lifted {
                event.prevent_default();
                move_ghost(&press.borrow(), at);
                look_below(at, board);
            } else if distance > SLACK {
                lift(at);
                look_below(at, board);
            }
        }
    };
    let on_up = {
        let press = press.clone();
        move |event: PointerEvent| {
            if press.borrow().pointer != event.pointer_id() {
                return;
            }
            let was_lifted = press.borrow().ghost.is_some();
            end(&press);
            if was_lifted {
                swallow_click();
                if let Some(drag) = board.drag.try_update(Option::take).flatten() {
                    board.drop_on(drag.deal, &drag.over);
                }
            }
        }
    };
    let cancel = {
        let press = press.clone();
        move || {
            end(&press);
            board.drag.try_set(None);
        }
    };
    let on_key = {
        let cancel = cancel.clone();
        move |event: ev::KeyboardEvent| {
            if event.key() == "Escape" {
                cancel();
            }
        }
    };
    press.borrow_mut().listeners = vec![
        window_event_listener(ev::pointermove, on_move),
        window_event_listener(ev::pointerup, on_up),
        window_event_listener(ev::pointercancel, move |_| cancel()),
        window_event_listener(ev::keydown, on_key),
    ];
    if is_touch {
        set_timeout(
            move || {
                let is_waiting = !press.borrow().listeners.is_empty();
                if is_waiting {
                    let start = {
                        let mut press = press.borrow_mut();
                        press.is_held = true;
                        press.start
                    };
                    lift(start);
                }
            },
            HOLD,
        );
    }
}

/// Ends a press: nothing listens to it any more, its ghost is gone.
fn end(press: &Rc<RefCell<Press>>) {
    let (listeners, ghost) = {
        let mut press = press.borrow_mut();
        (std::mem::take(&mut press.listeners), press.ghost.take())
    };
    for listener in listeners {
        listener.remove();
    }
    if let Some(ghost) = ghost {
        ghost.remove();
    }
}

/// A picture of the card that follows the pointer.
fn ghost_of(card: &HtmlElement) -> Option<HtmlElement> {
    let ghost: HtmlElement = card.clone_node_with_deep(true).ok()?.dyn_into().ok()?;
    let width = card.get_bounding_client_rect().width();
    ghost.set_class_name("board-card board-ghost");
    let _ = ghost.remove_attribute("href");
    let _ = ghost.set_attribute("aria-hidden", "true");
    let _ = ghost.style().set_property("width", &format!("{width}px"));
    dom::document()?.body()?.append_child(&ghost).ok()?;
    Some(ghost)
}

fn move_ghost(press: &Press, at: (f64, f64)) {
    if let Some(ghost) = &press.ghost {
        let (x, y) = (at.0 - press.grip.0, at.1 - press.grip.1);
        let place = format!("translate({x}px, {y}px)");
        let _ = ghost.style().set_property("transform", &place);
    }
}

/// Finds the stage below the pointer, and scrolls the board near its edges.
fn look_below(at: (f64, f64), board: Context) {
    let Some(document) = dom::document() else {
        return;
    };
    let below = document.element_from_point(at.0 as f32, at.1 as f32);
    let stage = below
        .as_ref()
        .and_then(|element| element.closest("[data-stage]").ok().flatten())
        .and_then(|element| element.get_attribute("data-stage"));
    board.drag.update(|drag| {
        if let Some(drag) = drag {
            drag.over = stage.unwrap_or_else(|| drag.deal.stage.clone());
        }
    });
    if let Some(frame) = below.and_then(|element| element.closest(".board").ok().flatten()) {
        scroll_near_edge(&frame, at.0);
    }
}

fn scroll_near_edge(frame: &Element, x: f64) {
    let rectangle = frame.get_bounding_client_rect();
    let step = if x < rectangle.left() + EDGE {
        -16
    } else if x > rectangle.right() - EDGE {
        16
    } else {
        return;
    };
    frame.set_scroll_left(frame.scroll_left() + step);
}

/// The click that follows a drag opens nothing.
fn swallow_click() {
    let Some(window) = web_sys::window() else {
        return;
    };
    let callback = Closure::once_into_js(|event: web_sys::Event| {
        event.prevent_default();
        event.stop_propagation();
    });
    let options = AddEventListenerOptions::new();
    options.set_capture(true);
    options.set_once(true);
    let listener: &js_sys::Function = callback.unchecked_ref();
    let _ = window.add_event_listener_with_callback_and_add_event_listener_options(
        "click", listener, &options,
    );
    let listener = listener.clone();
    set_timeout(
        move || {
            if let Some(window) = web_sys::window() {
                let _ =
                    window.remove_event_listener_with_callback_and_bool("click", &listener, true);
            }
        },
        Duration::from_millis(50),
    );
}
