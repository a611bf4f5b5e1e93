//! Draws a display list on a canvas. The only part of the stage that knows one.

use std::f64::consts::{FRAC_PI_2, TAU};

use js_sys::Array;
use wasm_bindgen::{JsCast, JsValue};
use web_sys::{CanvasRenderingContext2d, HtmlCanvasElement, HtmlElement};

use super::camera::Camera;
use super::geometry::{Curve, Point, Rect, Size};
use super::paint::{Align, DisplayList, Ink, Mark, Pen};
use crate::ui::format::decimal;

/// A canvas with the colours of the theme.
pub(crate) struct Painter {
    canvas: HtmlCanvasElement,
    context: CanvasRenderingContext2d,
    palette: Palette,
    font: String,
    dashes: JsValue,
    solid: JsValue,
    /// What is on it.
    drawn: (DisplayList, Option<(Camera, Size, f64)>),
}

/// What each ink is in this theme.
struct Palette {
    /// Tells when the theme has changed.
    theme: String,
    colours: [String; INKS.len()],
}

/// Each ink with its custom property in app.css.
const INKS: [(Ink, &str); 11] = [
    (Ink::Delayed, "--delayed"),
    (Ink::Visible, "--visible"),
    (Ink::InFlight, "--in-flight"),
    (Ink::Dead, "--dead"),
    (Ink::Action, "--action"),
    (Ink::Wire, "--wire"),
    (Ink::Track, "--track"),
    (Ink::Text, "--text"),
    (Ink::Muted, "--muted"),
    (Ink::OnFill, "--on-fill"),
    (Ink::Surface, "--zone"),
];

impl Painter {
    /// Takes this canvas over.
    pub(crate) fn new(canvas: HtmlCanvasElement) -> Option<Self> {
        let context = canvas.get_context("2d").ok()??.dyn_into().ok()?;
        let style = web_sys::window()?.get_computed_style(&canvas).ok()??;
        let font = style.get_property_value("font-family").unwrap_or_default();
        let palette = Palette::read(&canvas).unwrap_or_else(Palette::unknown);
        let dashes = Array::of2(&4.0.into(), &4.0.into()).into();
        Some(Self {
            canvas,
            context,
            palette,
            font,
            dashes,
            solid: Array::new().into(),
            drawn: Default::default(),
        })
    }

    /// Draws this list as this camera shows it, and nothing else; nothing at all if that is there
    /// already.
    pub(crate) fn draw(&mut self, list: &DisplayList, camera: Camera, view: Size) {
        let palette = Palette::read_if_changed(&self.canvas, &self.palette.theme);
        let ratio = web_sys::window().map_or(1.0, |window| window.device_pixel_ratio());
        let drawn = (camera, view, ratio);
        if palette.is_none() && self.drawn.1 == Some(drawn) && self.drawn.0 == *list {
            return;
        }
        if let Some(palette) = palette {
            self.palette = palette;
        }
        self.fit(camera, view, ratio);
        for mark in list {
            self.draw_mark(mark);
        }
        self.drawn.0.clone_from(list);
        self.drawn.1 = Some(drawn);
    }

    /// As many pixels as the screen has, and a clean sheet.
    fn fit(&self, camera: Camera, view: Size, ratio: f64) {
        let width = (view.width * ratio).round() as u32;
        let height = (view.height * ratio).round() as u32;
        if (self.canvas.width(), self.canvas.height()) != (width, height) {
            self.canvas.set_width(width);
            self.canvas.set_height(height);
        }
        let context = &self.context;
        let _ = context.set_transform(1.0, 0.0, 0.0, 1.0, 0.0, 0.0);
        context.clear_rect(0.0, 0.0, f64::from(width), f64::from(height));
        let zoom = ratio * camera.zoom;
        // Cards stand on whole pixels, and so does what is drawn on them.
        let (x, y) = (
            camera.corner.x.round() * ratio,
            camera.corner.y.round() * ratio,
        );
        let _ = context.set_transform(zoom, 0.0, 0.0, zoom, x, y);
        context.set_line_cap("round");
        context.set_line_join("round");
        context.set_text_baseline("middle");
    }

    fn draw_mark(&self, mark: &Mark) {
        let context = &self.context;
        context.begin_path();
        match mark {
            Mark::Curve { curve, pen } => {
                self.trace(*curve);
                self.finish(None, Some(*pen));
            }
            Mark::Disc {
                center,
                radius,
                fill,
                pen,
            } => {
                let _ = context.arc(center.x, center.y, *radius, 0.0, TAU);
                self.finish(*fill, *pen);
            }
            Mark::Arc {
                center,
                radius,
                share,
                pen,
            } => {
                let end = -FRAC_PI_2 + TAU * share;
                let _ = context.arc(center.x, center.y, *radius, -FRAC_PI_2, end);
                self.finish(None, Some(*pen));
            }
            Mark::Box {
                rect,
                radius,
                fill,
                pen,
            } => {
                self.trace_box(*rect, *radius);
                self.finish(*fill, *pen);
            }
            Mark::Lines {
                points,
                closed,
                fill,
                pen,
            } => {
                self.trace_lines(points, *closed);
                self.finish(*fill, *pen);
            }
            Mark::Dots { rows, pitch, ink } => self.dot(rows, *pitch, *ink),
            Mark::Label {
                at,
                text,
                size,
                bold,
                ink,
                align,
            } => {
                let weight = if *bold { "600 " } else { "" };
                context.set_font(&format!("{weight}{}px {}", decimal(*size, 1), self.font));
                context.set_text_align(match align {
                    Align::Start => "start",
                    Align::Center => "center",
                });
                context.set_fill_style_str(self.palette.colour(*ink));
                // Half a pixel down: digits have no descenders.
                let _ = context.fill_text(text, at.x, at.y + 0.5);
            }
        }
    }

    /// Round caps on dashes without a length are dots: a line for a row.
    fn dot(&self, rows: &[(Point, usize)], pitch: f64, ink: Ink) {
        let context = &self.context;
        for (start, count) in rows {
            context.move_to(start.x, start.y);
            // A little further, so that the last dot is not lost to rounding.
            let length = (count.saturating_sub(1) as f64 + 0.01) * pitch;
            context.line_to(start.x + length, start.y);
        }
        let dashes = Array::of2(&0.0.into(), &pitch.into());
        let _ = context.set_line_dash(&dashes);
        context.set_line_width(pitch * 0.62);
        context.set_stroke_style_str(self.palette.colour(ink));
        context.stroke();
    }

    fn trace(&self, curve: Curve) {
        let Curve {
            start,
            leave,
            arrive,
            end,
        } = curve;
        self.context.move_to(start.x, start.y);
        self.context
            .bezier_curve_to(leave.x, leave.y, arrive.x, arrive.y, end.x, end.y);
    }

    fn trace_box(&self, rect: Rect, radius: f64) {
        let radius = radius.min(rect.width / 2.0).min(rect.height / 2.0).max(0.0);
        let (left, top, right, bottom) = (rect.x, rect.y, rect.right(), rect.bottom());
        let context = &self.context;
        context.move_to(left + radius, top);
        let _ = context.arc_to(right, top, right, bottom, radius);
        let _ = context.arc_to(right, bottom, left, bottom, radius);
        let _ = context.arc_to(left, bottom, left, top, radius);
        let _ = context.arc_to(left, top, right, top, radius);
        context.close_path();
    }

    fn trace_lines(&self, points: &[Point], closed: bool) {
        for (at, point) in points.iter().enumerate() {
            if at == 0 {
                self.context.move_to(point.x, point.y);
            } else {
                self.context.line_to(point.x, point.y);
            }
        }
        if closed {
            self.context.close_path();
        }
    }

    fn finish(&self, fill: Option<Ink>, pen: Option<Pen>) {
        if let Some(ink) = fill {
            self.context.set_fill_style_str(self.palette.colour(ink));
            self.context.fill();
        }
        if let Some(pen) = pen {
            self.context
                .set_stroke_style_str(self.palette.colour(pen.ink));
            self.context.set_line_width(pen.width);
            let dash = if pen.dashed {
                &self.dashes
            } else {
                &self.solid
            };
            let _ = self.context.set_line_dash(dash);
            self.context.set_global_alpha(pen.strength);
            self.context.stroke();
            self.context.set_global_alpha(1.0);
        }
    }
}

impl Palette {
    fn unknown() -> Self {
        Self {
            theme: String::new(),
            colours: std::array::from_fn(|_| "gray".into()),
        }
    }

    fn colour(&self, ink: Ink) -> &str {
        let at = INKS.iter().position(|(known, _)| *known == ink);
        at.map_or("gray", |at| &self.colours[at])
    }

    /// The theme as one short text: the canvas's own colour, which differs in each.
    fn theme_of(canvas: &HtmlCanvasElement) -> Option<String> {
        let style = web_sys::window()?.get_computed_style(canvas).ok()??;
        style.get_property_value("color").ok()
    }

    fn read_if_changed(canvas: &HtmlCanvasElement, theme: &str) -> Option<Self> {
        if Self::theme_of(canvas)? == theme {
            None
        } else {
            Self::read(canvas)
        }
    }

    /// Lets the browser work out each property as a colour.
    fn read(canvas: &HtmlCanvasElement) -> Option<Self> {
        let window = web_sys::window()?;
        let probe: HtmlElement = window
            .document()?
            .create_element("span")
            .ok()?
            .dyn_into()
            .ok()?;
        probe.set_hidden(true);
        canvas.parent_element()?.append_child(&probe).ok()?;
        let style = window.get_computed_style(&probe).ok()??;
        let colours = INKS.map(|(_, property)| {
            let _ = probe
                .style()
                .set_property("color", &format!("var({property})"));
            style.get_property_value("color").unwrap_or_default()
        });
        probe.remove();
        Some(Self {
            theme: Self::theme_of(canvas)?,
            colours,
        })
    }
}
